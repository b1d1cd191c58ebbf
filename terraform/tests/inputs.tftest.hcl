# Every check of an input refuses what it is for. What the messages say is for people; that they come is tested here.
# A run lists all that it expects to fail, so one run plants a mistake in many inputs.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "tests/fixtures/function.zip"
  bucket_name  = "acme-lake"
  pipelines    = { acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "rate(15 minutes)" } }
}

run "refuses_wrong_values" {
  command = plan

  variables {
    name                     = "Sluice"                          # capitals
    function_zip             = "tests/fixtures/missing.zip"      # is not there
    secret_arns              = { "acme/github" = "CANARY-7f3a" } # a secret in place of its ARN
    secret_kms_key_arns      = ["alias/secrets"]                 # IAM does not know aliases
    permissions_boundary_arn = "boundary"
    policy_statements        = { "Read rules" = { actions = ["sts:AssumeRole"], resources = ["arn:aws:iam::123456789012:role/a"] } }

    runtime              = "python3.13"
    architecture         = "amd64"
    memory_mb            = 256   # less than a sync needs
    timeout_seconds      = 901   # beyond Lambda's
    ephemeral_storage_mb = 20000 # beyond Lambda's
    java_tool_options    = "-Dgithub.token=CANARY-7f3a"
    async_retries        = 3 # more than Lambda makes
    alias_versions       = { scheduled-sync = "$LATEST" }

    bucket_name        = "acme.lake"
    lake_mover_arns    = ["arn:aws:sts::123456789012:assumed-role/migration/session"] # is a role's only for an hour
    config_prefix      = "pipelines/"
    kms_key_arn        = "alias/lake"
    bucket_kms_key_arn = "alias/lake"
    noncurrent_days    = 0

    resume            = "sleep"
    resume_limit      = 0
    schedule_retry    = { age_seconds = 86400 } # longer than Lambda keeps events
    event_batch_size  = 11                      # more than a FIFO queue gives
    event_concurrency = 1                       # less than Lambda takes
    event_attempts    = 0

    log_retention_days      = 31
    log_format              = "XML"
    log_level               = "VERBOSE"
    log_kms_key_arn         = "alias/logs"
    service_name            = "our ingestion"
    metrics_namespace       = "AWS/Sluice" # is Amazon's
    alarm_topic_arns        = ["on-call"]
    max_message_age_seconds = 900 # a message may be as old
  }

  expect_failures = [
    var.name, var.function_zip, var.secret_arns, var.secret_kms_key_arns, var.permissions_boundary_arn, var.policy_statements,
    var.runtime, var.architecture, var.memory_mb, var.timeout_seconds, var.ephemeral_storage_mb, var.java_tool_options,
    var.async_retries, var.alias_versions,
    var.bucket_name, var.lake_mover_arns, var.config_prefix, var.kms_key_arn, var.bucket_kms_key_arn, var.noncurrent_days,
    var.resume, var.resume_limit, var.schedule_retry, var.event_batch_size, var.event_concurrency, var.event_attempts,
    var.log_retention_days, var.log_format, var.log_level, var.log_kms_key_arn, var.service_name, var.metrics_namespace,
    var.alarm_topic_arns, var.max_message_age_seconds,
  ]
}

# These look at other inputs, too, which have to be right.
run "refuses_values_that_others_forbid" {
  command = plan

  variables {
    function_zip         = "tests/fixtures/acme-github.yaml"                            # no zip
    ephemeral_storage_mb = 1024                                                         # more than SnapStart takes
    reserved_concurrency = { nightly-sync = 2 }                                         # no such function
    event_senders        = ["arn:aws:events:eu-west-1:123456789012:rule/issue-changed"] # without a queue
    fan_out              = false
    name                 = "a-name-that-is-longer-than-roles-like"
    vpc                  = { subnet_ids = ["subnet-0a1b2c3d"], security_group_ids = ["default"] }
    policy_statements    = { ReadAll = { actions = ["s3:*"], resources = ["arn:aws:s3:::acme-rules/*"] } }
    lake_mover_arns      = ["*"]
  }

  expect_failures = [
    var.function_zip, var.snap_start, var.reserved_concurrency, var.event_senders, var.name, var.vpc, var.policy_statements,
    var.lake_mover_arns,
  ]
}

run "refuses_values_that_others_forbid_in_other_ways" {
  command = plan

  variables {
    function_object      = { bucket = "acme-artifacts", key = "sluice/function.zip" } # beside function_zip
    event_sync           = true
    event_senders        = ["issue-changed"] # no ARN
    event_concurrency    = 4
    reserved_concurrency = { event-sync = 3 } # fewer than messages are taken for
    vpc                  = { subnet_ids = [], security_group_ids = ["sg-0a1b2c3d"] }
    policy_statements    = { Everything = { actions = ["*"], resources = ["arn:aws:s3:::acme-rules/*"] } }
  }

  expect_failures = [var.function_object, var.event_senders, var.reserved_concurrency, var.vpc, var.policy_statements]
}

run "refuses_an_uri_in_place_of_a_bucket_and_to_fan_out_without_resumption" {
  command = plan

  variables {
    function_zip      = null
    function_object   = { bucket = "s3://acme-artifacts", key = "sluice/function.zip" }
    fan_out           = true
    resume            = "off"
    policy_statements = { Weird = { effect = "allow", actions = ["sts:AssumeRole"], resources = ["arn:aws:iam::123456789012:role/a"] } }
  }

  expect_failures = [var.function_object, var.fan_out, var.policy_statements]
}

run "refuses_neither_a_zip_nor_an_object" {
  command = plan

  variables {
    function_zip         = null
    resume               = "delayed"
    event_concurrency    = 4
    reserved_concurrency = { event-sync = 7 } # there are two queues
    policy_statements    = { ReadRules = { actions = ["sts:AssumeRole"], resources = ["role/rules"] } }
  }

  expect_failures = [var.function_object, var.reserved_concurrency, var.policy_statements]
}

run "refuses_a_statement_of_the_modules_own_name" {
  command = plan

  variables {
    policy_statements = { WriteOwnFolders = { actions = ["s3:PutObject"], resources = ["arn:aws:s3:::acme-rules/*"] } }
  }

  expect_failures = [aws_iam_role_policy.function]
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

run "refuses_a_cron_schedule_of_five_fields" {
  command = plan

  variables {
    pipelines = { acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "cron(0 6 * * *)" } }
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
    pipelines = {
      acme-github = {
        file                    = "tests/fixtures/acme-github.yaml"
        schedule                = "rate(2 hours)"
        flexible_window_minutes = 10
        max_lag_seconds         = 7800
      }
    }
  }

  expect_failures = [var.pipelines]
}

run "takes_a_lag_that_is_longer_than_the_pause" {
  command = plan

  variables {
    pipelines = {
      acme-github = {
        file                    = "tests/fixtures/acme-github.yaml"
        schedule                = "rate(2 hours)"
        flexible_window_minutes = 10
        max_lag_seconds         = 7801
      }
      clinic = { file = "tests/fixtures/clinic.yaml", schedule = "cron(30 2 ? * MON-FRI *)", max_lag_seconds = 302400 }
    }
  }

  assert {
    condition     = length(aws_scheduler_schedule.pipeline) == 2
    error_message = "A schedule is left out."
  }
}

# Each file has one mistake, and the one without is uploaded.
run "refuses_pipeline_files_that_no_function_may_or_can_read" {
  command = plan

  variables {
    pipelines = {
      acme-github        = { file = "tests/fixtures/acme-github.yaml", tables = ["issues"] } # is sdk_issues in the lake
      clinic             = { file = "tests/fixtures/clinic.yaml" }
      config-folder      = { file = "tests/fixtures/config-folder.yaml" }
      environment-secret = { file = "tests/fixtures/environment-secret.yaml" }
      file-secret        = { file = "tests/fixtures/file-secret.yaml" }
      incomplete-arn     = { file = "tests/fixtures/incomplete-arn.yaml" }
      literal-secret     = { file = "tests/fixtures/literal-secret.yaml" }
      local-files        = { file = "tests/fixtures/local-files.yaml" }
      nested-secret      = { file = "tests/fixtures/nested-secret.yaml" }
      other-bucket       = { file = "tests/fixtures/other-bucket.yaml" }
      partial-reference  = { file = "tests/fixtures/partial-reference.yaml" }
      wildcard-prefix    = { file = "tests/fixtures/wildcard-prefix.yaml" }
      wrong-name         = { file = "tests/fixtures/wrong-name.yaml" }
    }
  }

  expect_failures = [
    aws_s3_object.pipeline["acme-github"], aws_s3_object.pipeline["config-folder"], aws_s3_object.pipeline["environment-secret"],
    aws_s3_object.pipeline["file-secret"], aws_s3_object.pipeline["incomplete-arn"], aws_s3_object.pipeline["literal-secret"],
    aws_s3_object.pipeline["local-files"], aws_s3_object.pipeline["nested-secret"], aws_s3_object.pipeline["other-bucket"],
    aws_s3_object.pipeline["partial-reference"], aws_s3_object.pipeline["wildcard-prefix"], aws_s3_object.pipeline["wrong-name"],
  ]
}

run "refuses_pipeline_files_in_the_folder_of_a_pipeline" {
  command = plan

  variables {
    config_prefix = "raw/acme-github/config"
  }

  expect_failures = [aws_s3_object.pipeline]
}
