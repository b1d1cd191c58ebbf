# The environment deploys as it is written.

mock_provider "aws" {
  source = "../../terraform/tests/mocks"
}

variables {
  region           = "eu-west-1"
  function_zip     = "../../terraform/tests/fixtures/function.zip"
  bucket_name      = "acme-sluice-prod"
  alarm_topic_arns = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
}

run "deploys" {
  assert {
    condition     = keys(output.functions) == ["event-sync", "scheduled-sync"] && output.bucket == "acme-sluice-prod" && keys(output.schedule_inputs) == ["github-api"]
    error_message = "Something else is deployed."
  }
}

run "refuses_alarms_that_nobody_hears" {
  command = plan

  variables {
    alarm_topic_arns = []
  }

  expect_failures = [var.alarm_topic_arns]
}
