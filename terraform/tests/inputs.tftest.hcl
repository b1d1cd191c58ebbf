# Every check of an input refuses what it is for. What the messages say is for people; that they come is tested here.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "tests/fixtures/function.zip"
  bucket_name  = "acme-lake"
  pipelines    = { acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "rate(15 minutes)" } }
}

run "refuses_a_name_with_capitals" {
  command = plan

  variables {
    name = "Sluice"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_that_is_too_long_for_a_role" {
  command = plan

  variables {
    name = "a-name-that-is-longer-than-roles-like"
  }

  expect_failures = [var.name]
}

run "refuses_a_zip_that_is_not_there" {
  command = plan

  variables {
    function_zip = "tests/fixtures/missing.zip"
  }

  expect_failures = [var.function_zip]
}

run "refuses_an_artefact_that_is_no_zip" {
  command = plan

  variables {
    function_zip = "tests/fixtures/acme-github.yaml"
  }

  expect_failures = [var.function_zip]
}

run "refuses_no_pipelines" {
  command = plan

  variables {
    pipelines = {}
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_pipeline_name_that_is_no_folder" {
  command = plan

  variables {
    pipelines = { "acme/github" = { file = "tests/fixtures/acme-github.yaml" } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_pipeline_name_that_is_the_functions_own" {
  command = plan

  variables {
    pipelines = { "sluice-github" = { file = "tests/fixtures/acme-github.yaml" } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_pipeline_file_that_is_not_there" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/missing.yaml" } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_pipeline_file_that_is_not_yaml" {
  command = plan

  variables {
    pipelines = { not-yaml = { file = "tests/fixtures/not-yaml.yaml" } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_schedule_in_the_notation_of_unix" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "*/15 * * * *" } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_window_longer_than_a_day" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/acme-github.yaml", flexible_window_minutes = 1441 } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_lag_that_cloudwatch_cannot_watch" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/acme-github.yaml", max_lag_seconds = 604801 } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_lag_that_every_pause_between_runs_exceeds" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "rate(2 hours)", flexible_window_minutes = 10, max_lag_seconds = 7800 } }
  }

  expect_failures = [var.pipelines]
}

run "takes_a_lag_that_is_longer_than_the_pause" {
  command = plan

  variables {
    pipelines = {
      acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "rate(2 hours)", flexible_window_minutes = 10, max_lag_seconds = 7801 }
      clinic      = { file = "tests/fixtures/clinic.yaml", schedule = "cron(30 2 ? * MON-FRI *)", max_lag_seconds = 302400 }
    }
  }

  assert {
    condition     = length(aws_scheduler_schedule.pipeline) == 2
    error_message = "A schedule is left out."
  }
}

run "refuses_a_cron_schedule_of_five_fields" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "cron(0 6 * * *)" } }
  }

  expect_failures = [var.pipelines]
}

run "refuses_a_secret_in_place_of_its_arn" {
  command = plan

  variables {
    secret_arns = { "acme/github" = "CANARY-7f3a" }
  }

  expect_failures = [var.secret_arns]
}

run "refuses_an_alias_in_place_of_a_secrets_key" {
  command = plan

  variables {
    secret_kms_key_arns = ["alias/secrets"]
  }

  expect_failures = [var.secret_kms_key_arns]
}

run "refuses_a_boundary_that_is_no_policy" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "refuses_a_runtime_that_is_not_java" {
  command = plan

  variables {
    runtime = "python3.13"
  }

  expect_failures = [var.runtime]
}

run "refuses_an_unknown_architecture" {
  command = plan

  variables {
    architecture = "amd64"
  }

  expect_failures = [var.architecture]
}

run "refuses_less_memory_than_a_sync_needs" {
  command = plan

  variables {
    memory_mb = 256
  }

  expect_failures = [var.memory_mb]
}

run "refuses_a_timeout_beyond_lambdas" {
  command = plan

  variables {
    timeout_seconds = 901
  }

  expect_failures = [var.timeout_seconds]
}

run "refuses_storage_beyond_lambdas" {
  command = plan

  variables {
    ephemeral_storage_mb = 20000
  }

  expect_failures = [var.ephemeral_storage_mb]
}

run "refuses_snap_start_with_more_storage" {
  command = plan

  variables {
    ephemeral_storage_mb = 1024
  }

  expect_failures = [var.snap_start]
}

run "refuses_a_secret_among_jvm_flags" {
  command = plan

  variables {
    java_tool_options = "-Dgithub.token=CANARY-7f3a"
  }

  expect_failures = [var.java_tool_options]
}

run "refuses_concurrency_of_an_unknown_function" {
  command = plan

  variables {
    reserved_concurrency = { nightly-sync = 2 }
  }

  expect_failures = [var.reserved_concurrency]
}

run "refuses_to_take_more_messages_than_may_run" {
  command = plan

  variables {
    event_sync           = true
    event_concurrency    = 4
    reserved_concurrency = { event-sync = 3 }
  }

  expect_failures = [var.reserved_concurrency]
}

run "refuses_to_take_more_messages_of_two_queues_than_may_run" {
  command = plan

  variables {
    resume               = "delayed"
    event_concurrency    = 4
    reserved_concurrency = { event-sync = 7 }
  }

  expect_failures = [var.reserved_concurrency]
}

run "refuses_more_retries_than_lambda_makes" {
  command = plan

  variables {
    async_retries = 3
  }

  expect_failures = [var.async_retries]
}

run "refuses_a_version_that_is_not_published" {
  command = plan

  variables {
    alias_versions = { scheduled-sync = "$LATEST" }
  }

  expect_failures = [var.alias_versions]
}

run "refuses_a_bucket_name_with_dots" {
  command = plan

  variables {
    bucket_name = "acme.lake"
  }

  expect_failures = [var.bucket_name]
}

run "refuses_a_config_prefix_with_a_slash_at_its_end" {
  command = plan

  variables {
    config_prefix = "pipelines/"
  }

  expect_failures = [var.config_prefix]
}

run "refuses_an_alias_in_place_of_a_key" {
  command = plan

  variables {
    kms_key_arn = "alias/lake"
  }

  expect_failures = [var.kms_key_arn]
}

run "refuses_an_alias_in_place_of_the_buckets_key" {
  command = plan

  variables {
    bucket_kms_key_arn = "alias/lake"
  }

  expect_failures = [var.bucket_kms_key_arn]
}

run "refuses_to_keep_versions_for_no_time" {
  command = plan

  variables {
    noncurrent_days = 0
  }

  expect_failures = [var.noncurrent_days]
}

run "refuses_to_fan_out_without_resumption" {
  command = plan

  variables {
    fan_out = true
    resume  = "off"
  }

  expect_failures = [var.fan_out]
}

run "refuses_a_sender_that_is_no_rule" {
  command = plan

  variables {
    event_sync    = true
    event_senders = ["issue-changed"]
  }

  expect_failures = [var.event_senders]
}

run "refuses_senders_to_a_queue_that_is_not_there" {
  command = plan

  variables {
    event_senders = ["arn:aws:events:eu-west-1:123456789012:rule/issue-changed"]
  }

  expect_failures = [var.event_senders]
}

run "refuses_an_unknown_way_to_resume" {
  command = plan

  variables {
    resume = "sleep"
  }

  expect_failures = [var.resume]
}

run "refuses_no_resumptions" {
  command = plan

  variables {
    resume_limit = 0
  }

  expect_failures = [var.resume_limit]
}

run "refuses_retries_longer_than_lambda_keeps_events" {
  command = plan

  variables {
    schedule_retry = { age_seconds = 86400 }
  }

  expect_failures = [var.schedule_retry]
}

run "refuses_batches_that_a_fifo_queue_does_not_give" {
  command = plan

  variables {
    event_batch_size = 11
  }

  expect_failures = [var.event_batch_size]
}

run "refuses_a_concurrency_that_lambda_does_not_take" {
  command = plan

  variables {
    event_concurrency = 1
  }

  expect_failures = [var.event_concurrency]
}

run "refuses_no_attempts" {
  command = plan

  variables {
    event_attempts = 0
  }

  expect_failures = [var.event_attempts]
}

run "refuses_a_retention_that_cloudwatch_does_not_take" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "refuses_an_unknown_log_format" {
  command = plan

  variables {
    log_format = "XML"
  }

  expect_failures = [var.log_format]
}

run "refuses_an_unknown_log_level" {
  command = plan

  variables {
    log_level = "VERBOSE"
  }

  expect_failures = [var.log_level]
}

run "refuses_an_alias_in_place_of_the_logs_key" {
  command = plan

  variables {
    log_kms_key_arn = "alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}

run "refuses_a_service_name_with_blanks" {
  command = plan

  variables {
    service_name = "our ingestion"
  }

  expect_failures = [var.service_name]
}

run "refuses_a_namespace_that_is_amazons" {
  command = plan

  variables {
    metrics_namespace = "AWS/Sluice"
  }

  expect_failures = [var.metrics_namespace]
}

run "refuses_a_topic_that_is_no_arn" {
  command = plan

  variables {
    alarm_topic_arns = ["on-call"]
  }

  expect_failures = [var.alarm_topic_arns]
}

run "refuses_an_age_that_a_message_may_have" {
  command = plan

  variables {
    max_message_age_seconds = 900
  }

  expect_failures = [var.max_message_age_seconds]
}

run "refuses_a_file_of_another_name" {
  command = plan

  variables {
    pipelines = { wrong-name = { file = "tests/fixtures/wrong-name.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_another_bucket" {
  command = plan

  variables {
    pipelines = { other-bucket = { file = "tests/fixtures/other-bucket.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_a_destination_on_this_machine" {
  command = plan

  variables {
    pipelines = { local-files = { file = "tests/fixtures/local-files.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_a_wildcard_in_the_destination" {
  command = plan

  variables {
    pipelines = { wildcard-prefix = { file = "tests/fixtures/wildcard-prefix.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_a_destination_among_the_pipeline_files" {
  command = plan

  variables {
    pipelines = { config-folder = { file = "tests/fixtures/config-folder.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_pipeline_files_in_the_folder_of_a_pipeline" {
  command = plan

  variables {
    config_prefix = "raw/acme-github/config"
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_secrets_of_the_environment" {
  command = plan

  variables {
    pipelines = { environment-secret = { file = "tests/fixtures/environment-secret.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_secrets_themselves" {
  command = plan

  variables {
    pipelines = { literal-secret = { file = "tests/fixtures/literal-secret.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_a_reference_within_a_value" {
  command = plan

  variables {
    pipelines = { partial-reference = { file = "tests/fixtures/partial-reference.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_an_incomplete_arn_of_a_secret" {
  command = plan

  variables {
    pipelines = { incomplete-arn = { file = "tests/fixtures/incomplete-arn.yaml" } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

run "refuses_a_table_that_the_file_does_not_have" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/acme-github.yaml", tables = ["issues"] } }
  }

  expect_failures = [aws_s3_object.pipeline]
}

