# The examples deploy as they are written.

mock_provider "aws" {
  source = "./tests/mocks"

  mock_resource "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:clinic/fhir-key-AbCdEf" }
  }
}

variables {
  function_zip        = "tests/fixtures/function.zip"
  kms_key_arn         = "arn:aws:kms:eu-west-1:123456789012:key/lake"
  bucket_kms_key_arn  = "arn:aws:kms:eu-west-1:123456789012:key/bucket"
  secrets_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/secrets"
}

run "minimal" {
  module {
    source = "./examples/minimal"
  }

  assert {
    condition     = keys(output.functions) == ["scheduled-sync"]
    error_message = "minimal deploys more than one function."
  }
}

run "github" {
  module {
    source = "./examples/github"
  }

  assert {
    condition     = toset(keys(output.functions)) == toset(["event-sync", "scheduled-sync"]) && can(output.queues.nudges)
    error_message = "github does not fan out."
  }
}

run "fhir" {
  module {
    source = "./examples/fhir"
  }

  assert {
    condition     = toset(keys(output.functions)) == toset(["event-sync", "scheduled-sync"])
    error_message = "fhir cannot be resumed by message."
  }

  assert {
    condition     = strcontains(output.write_once_policy, "arn:aws:s3:::clinic-lake/fhir/clinic/*/data/*")
    error_message = "The bucket's owner does not learn what to add to its policy."
  }
}
