# The environment deploys as it is written.

mock_provider "aws" {
  source = "../../terraform/tests/mocks"
}

variables {
  region       = "eu-west-1"
  function_zip = "../../terraform/tests/fixtures/function.zip"
  bucket_name  = "acme-sluice-dev"
}

run "deploys" {
  assert {
    condition     = keys(output.functions) == ["scheduled-sync"] && output.bucket == "acme-sluice-dev" && keys(output.schedule_inputs) == ["github-api"]
    error_message = "Something else is deployed."
  }
}
