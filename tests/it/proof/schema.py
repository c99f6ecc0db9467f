# Validates credentials against a JSON Schema with the program that the world uses for that (jsonschema).
#
#   schema.py SCHEMA < CREDENTIALS     CREDENTIALS is a JSON list; prints a list as long: for each, the places that are wrong
import json, sys
from jsonschema import Draft201909Validator

schema = json.load(open(sys.argv[1]))
Draft201909Validator.check_schema(schema)
validator = Draft201909Validator(schema)
print(json.dumps([
    ['/'.join(map(str, error.absolute_path)) + ': ' + error.message[:200] for error in validator.iter_errors(credential)]
    for credential in json.load(sys.stdin)
]))
