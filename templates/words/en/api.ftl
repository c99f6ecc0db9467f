### The API's own sentences.
refusal-no-such-method = This address does not take the method { $method }.
