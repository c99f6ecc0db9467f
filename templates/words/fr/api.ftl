### Les phrases propres à l’API.
refusal-no-such-method = Cette adresse n’accepte pas la méthode { $method }.
