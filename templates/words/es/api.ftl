### Frases propias de la API.
refusal-no-such-method = Esta dirección no admite el método { $method }.
