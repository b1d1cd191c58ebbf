# What is deployed, for every way to deploy it. Applied to a provider that only remembers.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "tests/fixtures/function.zip"
  bucket_name  = "acme-lake"
  pipelines = {
    acme-github = { file = "tests/fixtures/acme-github.yaml", schedule = "rate(15 minutes)", max_lag_seconds = 3601 }
  }
}

run "the_least_is_one_function_on_schedules" {
  assert {
    condition     = keys(aws_lambda_function.this) == ["scheduled-sync"] && keys(output.queues) == ["dead"] && length(aws_lambda_event_source_mapping.this) == 0
    error_message = "More is deployed than was asked for."
  }

  assert {
    condition     = aws_lambda_function.this["scheduled-sync"].filename == "tests/fixtures/function.zip" && length(aws_lambda_function.this["scheduled-sync"].vpc_config) == 0
    error_message = "The function is another, or runs in a VPC."
  }

  assert {
    condition     = aws_lambda_function.this["scheduled-sync"].publish && aws_lambda_function.this["scheduled-sync"].runtime == "java21" && aws_lambda_function.this["scheduled-sync"].snap_start[0].apply_on == "PublishedVersions" && aws_lambda_function.this["scheduled-sync"].handler == "dev.sluice.functions.LambdaHandler::handleRequest"
    error_message = "The function is not published as java21 with SnapStart."
  }

  assert {
    condition     = aws_lambda_function.this["scheduled-sync"].logging_config[0].log_format == "JSON" && aws_cloudwatch_log_group.function["scheduled-sync"].name == "/aws/lambda/sluice-scheduled-sync" && aws_cloudwatch_log_group.function["scheduled-sync"].retention_in_days == 30 && aws_lambda_function.this["scheduled-sync"].tracing_config[0].mode == "PassThrough"
    error_message = "Logs and traces are not as documented."
  }

  assert {
    condition     = aws_lambda_alias.live["scheduled-sync"].function_version == "7" && aws_lambda_function_event_invoke_config.live["scheduled-sync"].qualifier == "live" && aws_lambda_function_event_invoke_config.live["scheduled-sync"].maximum_retry_attempts == 1
    error_message = "The alias does not follow the newest version, or what fails is not handed over."
  }

  assert {
    condition = output.environments["scheduled-sync"] == tomap({
      JAVA_TOOL_OPTIONS            = local.default_java_tool_options
      POWERTOOLS_LOG_LEVEL         = "INFO"
      POWERTOOLS_METRICS_NAMESPACE = "Sluice"
      POWERTOOLS_SERVICE_NAME      = "sluice"
      QUARKUS_FUNQY_EXPORT         = "scheduled-sync"
      SLUICE_CHECKPOINT_TABLE      = "sluice-checkpoints"
      SLUICE_FAN_OUT               = "off"
      SLUICE_METRIC_DIMENSIONS     = "pipeline"
      SLUICE_PIPELINES             = "s3://acme-lake/.sluice/sluice/pipelines/"
      SLUICE_RESUME                = "scheduled"
      SLUICE_RESUME_LIMIT          = "20"

      SLUICE_SCHEDULE_DEAD_LETTER_ARN = "arn:aws:sqs:eu-west-1:123456789012:sluice-dead"
      SLUICE_SCHEDULE_GROUP           = "sluice"
      SLUICE_SCHEDULE_ROLE_ARN        = "arn:aws:iam::123456789012:role/sluice-schedules"
      SLUICE_SCHEDULE_TARGET_ARN      = "arn:aws:lambda:eu-west-1:123456789012:function:sluice-scheduled-sync:live"
    }) && aws_lambda_function.this["scheduled-sync"].environment[0].variables == output.environments["scheduled-sync"]
    error_message = "The environment is another: ${jsonencode(output.environments)}"
  }

  assert {
    condition     = aws_scheduler_schedule.pipeline["acme-github"].target[0].input == "{\"pipeline\":\"acme-github\"}" && aws_scheduler_schedule.pipeline["acme-github"].target[0].arn == aws_lambda_alias.live["scheduled-sync"].arn && aws_scheduler_schedule.pipeline["acme-github"].target[0].dead_letter_config[0].arn == aws_sqs_queue.dead.arn && aws_scheduler_schedule.pipeline["acme-github"].flexible_time_window[0].mode == "OFF"
    error_message = "The schedule sends something else, or elsewhere."
  }

  assert {
    condition     = aws_s3_object.pipeline["acme-github"].key == ".sluice/sluice/pipelines/acme-github.yaml" && aws_s3_object.pipeline["acme-github"].content == null && aws_s3_object.pipeline["acme-github"].source == "tests/fixtures/acme-github.yaml"
    error_message = "The pipeline file is not uploaded by path, to where the functions look."
  }
}

# S3 takes 10 for an object.
run "more_tags_than_an_object_takes_are_not_for_the_pipeline_file" {
  variables {
    tags = { for number in range(20) : "tag-${number}" => "value" }
  }

  assert {
    condition     = length(coalesce(aws_s3_object.pipeline["acme-github"].tags, {})) == 0 && length(aws_s3_object.pipeline["acme-github"].override_provider[0].default_tags[0].tags) == 0 && length(aws_lambda_function.this["scheduled-sync"].tags) == 20
    error_message = "The upload of a pipeline file breaks with many tags, or something else has none."
  }
}

run "deployments_in_one_bucket_keep_their_pipeline_files_apart" {
  variables {
    name          = "sluice-acme"
    create_bucket = false
  }

  assert {
    condition     = aws_s3_object.pipeline["acme-github"].key == ".sluice/sluice-acme/pipelines/acme-github.yaml" && output.config_uri == "s3://acme-lake/.sluice/sluice-acme/pipelines/" && output.environments["scheduled-sync"].SLUICE_PIPELINES == output.config_uri
    error_message = "Two deployments overwrite each other's pipeline files."
  }
}

run "pipeline_files_lie_where_they_are_wanted" {
  variables {
    config_prefix = "config/acme"
  }

  assert {
    condition     = aws_s3_object.pipeline["acme-github"].key == "config/acme/acme-github.yaml" && output.environments["scheduled-sync"].SLUICE_PIPELINES == "s3://acme-lake/config/acme/"
    error_message = "config_prefix is not used."
  }
}

run "bucket_and_table_are_protected" {
  assert {
    condition     = aws_s3_bucket_public_access_block.lake[0].block_public_acls && aws_s3_bucket_public_access_block.lake[0].block_public_policy && aws_s3_bucket_public_access_block.lake[0].ignore_public_acls && aws_s3_bucket_public_access_block.lake[0].restrict_public_buckets && aws_s3_bucket_ownership_controls.lake[0].rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "The bucket can be public."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.lake[0].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256" && aws_s3_bucket_versioning.lake[0].versioning_configuration[0].status == "Enabled" && !aws_s3_bucket.lake[0].force_destroy
    error_message = "The bucket is not encrypted, not versioned, or goes with its data."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.lake[0].rule : rule.abort_incomplete_multipart_upload[0].days_after_initiation if rule.id == "abandoned-uploads"] == [1]
    error_message = "Abandoned uploads stay."
  }

  assert {
    condition     = aws_dynamodb_table.checkpoints.billing_mode == "PAY_PER_REQUEST" && aws_dynamodb_table.checkpoints.point_in_time_recovery[0].enabled && aws_dynamodb_table.checkpoints.deletion_protection_enabled && aws_dynamodb_table.checkpoints.hash_key == "pipeline" && aws_dynamodb_table.checkpoints.range_key == "table_flow"
    error_message = "The table is not as documented."
  }

  assert {
    condition     = aws_sqs_queue.dead.sqs_managed_sse_enabled
    error_message = "A queue is not encrypted."
  }
}

run "a_key_of_your_own_encrypts_bucket_table_and_queues" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/lake"
    event_sync  = true
    resume      = "delayed"
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.lake[0].rule).apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn && aws_dynamodb_table.checkpoints.server_side_encryption[0].kms_key_arn == var.kms_key_arn
    error_message = "The key is not used for bucket and table."
  }

  assert {
    condition     = alltrue([for queue in [aws_sqs_queue.dead, aws_sqs_queue.nudges[0], aws_sqs_queue.nudges_dead[0], aws_sqs_queue.resume[0]] : queue.kms_master_key_id == var.kms_key_arn])
    error_message = "The key is not used for a queue."
  }
}

run "a_bucket_can_have_another_key" {
  variables {
    kms_key_arn        = "arn:aws:kms:eu-west-1:123456789012:key/deployment"
    bucket_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/lake"
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.lake[0].rule).apply_server_side_encryption_by_default[0].kms_master_key_id == var.bucket_kms_key_arn && one(aws_s3_bucket_server_side_encryption_configuration.lake[0].rule).bucket_key_enabled && aws_dynamodb_table.checkpoints.server_side_encryption[0].kms_key_arn == var.kms_key_arn && aws_sqs_queue.dead.kms_master_key_id == var.kms_key_arn
    error_message = "The keys are mixed up."
  }
}

run "an_existing_bucket_is_left_as_it_is" {
  variables {
    create_bucket = false
  }

  assert {
    condition     = length(aws_s3_bucket.lake) + length(aws_s3_bucket_policy.lake) + length(aws_s3_bucket_public_access_block.lake) + length(aws_s3_bucket_versioning.lake) + length(aws_s3_bucket_lifecycle_configuration.lake) + length(aws_s3_bucket_ownership_controls.lake) + length(aws_s3_bucket_server_side_encryption_configuration.lake) == 0
    error_message = "The module changes a bucket that is not its own."
  }

  assert {
    condition     = output.bucket == "acme-lake" && aws_s3_object.pipeline["acme-github"].bucket == "acme-lake"
    error_message = "The existing bucket is not used."
  }
}

run "fan_out_queues_tables_for_event_sync" {
  variables {
    fan_out           = true
    timeout_seconds   = 300
    event_concurrency = 4
  }

  assert {
    condition     = output.environments["scheduled-sync"].SLUICE_FAN_OUT == "queue" && output.environments["scheduled-sync"].SLUICE_QUEUE_URL == aws_sqs_queue.nudges[0].url && output.environments["event-sync"].SLUICE_FAN_OUT == "off"
    error_message = "The functions are not told to fan out."
  }

  assert {
    condition     = output.environments["event-sync"].SLUICE_QUEUE_URL == aws_sqs_queue.nudges[0].url
    error_message = "event-sync does not know the queue that it gives messages back to."
  }

  assert {
    condition     = aws_sqs_queue.nudges[0].fifo_queue && aws_sqs_queue.nudges[0].visibility_timeout_seconds == 1800 && aws_sqs_queue.nudges[0].deduplication_scope == "messageGroup" && aws_sqs_queue.nudges_dead[0].fifo_queue
    error_message = "The queue is not FIFO, or shows a message again while it is worked on."
  }

  # A rule of EventBridge sends no deduplication identifier.
  assert {
    condition     = aws_sqs_queue.nudges[0].content_based_deduplication
    error_message = "Who gives no deduplication identifier cannot send."
  }

  assert {
    condition     = aws_sqs_queue.nudges[0].message_retention_seconds == 345600 && aws_sqs_queue.nudges_dead[0].message_retention_seconds == 1209600 && aws_sqs_queue.dead.message_retention_seconds == 1209600
    error_message = "A dead-letter queue keeps a message no longer than the queue that it comes from."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_redrive_policy.this["nudges"].redrive_policy) == { deadLetterTargetArn = "arn:aws:sqs:eu-west-1:123456789012:sluice-nudges-dead.fifo", maxReceiveCount = 5 }
    error_message = "Nudges that cannot be worked off do not go to their dead-letter queue."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this["nudges"].function_response_types == toset(["ReportBatchItemFailures"]) && aws_lambda_event_source_mapping.this["nudges"].function_name == aws_lambda_alias.live["event-sync"].arn && aws_lambda_event_source_mapping.this["nudges"].scaling_config[0].maximum_concurrency == 4
    error_message = "The queue does not feed the alias of event-sync, message by message."
  }
}

run "event_sync_can_be_paused" {
  variables {
    event_sync    = true
    event_polling = false
  }

  assert {
    condition     = contains(keys(aws_lambda_function.this), "event-sync") && length(aws_lambda_event_source_mapping.this) == 0
    error_message = "event-sync takes messages."
  }
}

run "delayed_resumption_has_a_queue_of_its_own" {
  variables {
    resume       = "delayed"
    resume_limit = 5
  }

  assert {
    condition     = alltrue([for environment in values(output.environments) : environment.SLUICE_RESUME == "delayed" && environment.SLUICE_RESUME_QUEUE_URL == aws_sqs_queue.resume[0].url && environment.SLUICE_RESUME_LIMIT == "5"])
    error_message = "The functions are not told to resume by message."
  }

  assert {
    condition     = aws_sqs_queue.resume[0].message_retention_seconds == 345600 && toset(keys(aws_lambda_event_source_mapping.this)) == toset(["nudges", "resume"]) && coalesce(aws_sqs_queue.resume[0].fifo_queue, false) == false && jsondecode(aws_sqs_queue_redrive_policy.this["resume"].redrive_policy).deadLetterTargetArn == "arn:aws:sqs:eu-west-1:123456789012:sluice-dead"
    error_message = "The queue of resumptions is not standard, or not mapped to event-sync."
  }
}

run "scheduled_resumption_targets_the_functions_own_alias" {
  variables {
    resume     = "scheduled"
    event_sync = true
  }

  assert {
    condition     = alltrue([for function, environment in output.environments : environment.SLUICE_RESUME == "scheduled" && environment.SLUICE_SCHEDULE_GROUP == "sluice" && environment.SLUICE_SCHEDULE_TARGET_ARN == "arn:aws:lambda:eu-west-1:123456789012:function:sluice-${function}:live" && environment.SLUICE_SCHEDULE_ROLE_ARN == "arn:aws:iam::123456789012:role/sluice-schedules" && environment.SLUICE_SCHEDULE_DEAD_LETTER_ARN == "arn:aws:sqs:eu-west-1:123456789012:sluice-dead"])
    error_message = "The functions are not told to resume by schedule."
  }

  assert {
    condition     = !can(output.queues.resume) && alltrue([for environment in values(output.environments) : !can(environment.SLUICE_RESUME_QUEUE_URL)])
    error_message = "There is a queue that nothing uses."
  }
}

run "a_schedule_has_its_window_tables_and_zone" {
  variables {
    pipelines = {
      acme-github = {
        file                    = "tests/fixtures/acme-github.yaml"
        schedule                = "cron(0 6 * * ? *)"
        timezone                = "Europe/Vienna"
        flexible_window_minutes = 10
        enabled                 = false
        tables                  = ["sdk_issues"]
        max_lag_seconds         = 86400
      }
      clinic = { file = "tests/fixtures/clinic.yaml" }
    }
  }

  assert {
    condition     = keys(aws_scheduler_schedule.pipeline) == ["acme-github"] && aws_scheduler_schedule.pipeline["acme-github"].state == "DISABLED" && aws_scheduler_schedule.pipeline["acme-github"].schedule_expression_timezone == "Europe/Vienna" && aws_scheduler_schedule.pipeline["acme-github"].flexible_time_window[0].maximum_window_in_minutes == 10
    error_message = "The schedule is not as it was asked for."
  }

  assert {
    condition     = jsondecode(output.schedule_inputs["acme-github"]) == { pipeline = "acme-github", tables = ["sdk_issues"] }
    error_message = "The schedule does not name its tables."
  }

  assert {
    condition     = !contains(keys(aws_cloudwatch_metric_alarm.this), "lag/acme-github")
    error_message = "A pipeline that is switched off has an alarm for its lag."
  }
}

run "a_roll_back_pins_the_alias" {
  variables {
    alias_versions = { scheduled-sync = "3" }
  }

  assert {
    condition     = aws_lambda_alias.live["scheduled-sync"].function_version == "3" && output.functions["scheduled-sync"].version == "3"
    error_message = "The alias does not stay at its version."
  }
}

run "what_lambda_is_given_is_what_was_asked_for" {
  variables {
    architecture         = "arm64"
    memory_mb            = 2048
    timeout_seconds      = 600
    ephemeral_storage_mb = 1024
    snap_start           = false
    java_tool_options    = "-XX:+UseSerialGC -Xshare:auto"
    reserved_concurrency = { scheduled-sync = 3 }
    log_format           = "Text"
    tracing              = true
    metrics_by_table     = true
  }

  assert {
    condition     = aws_lambda_function.this["scheduled-sync"].architectures == tolist(["arm64"]) && aws_lambda_function.this["scheduled-sync"].memory_size == 2048 && aws_lambda_function.this["scheduled-sync"].timeout == 600 && aws_lambda_function.this["scheduled-sync"].ephemeral_storage[0].size == 1024 && aws_lambda_function.this["scheduled-sync"].reserved_concurrent_executions == 3
    error_message = "Sizes are not passed on."
  }

  assert {
    condition     = length(aws_lambda_function.this["scheduled-sync"].snap_start) == 0 && length(aws_lambda_function.this["scheduled-sync"].logging_config) == 0 && aws_lambda_function.this["scheduled-sync"].tracing_config[0].mode == "Active" && output.environments["scheduled-sync"].JAVA_TOOL_OPTIONS == "-XX:+UseSerialGC -Xshare:auto" && output.environments["scheduled-sync"].SLUICE_METRIC_DIMENSIONS == "pipeline,table"
    error_message = "Switches are not passed on."
  }
}

run "the_artefact_can_lie_in_s3" {
  variables {
    function_zip    = null
    function_object = { bucket = "acme-artifacts", key = "sluice/0.1.0/function.zip", version = "3HL4kqtJlcpXroDTDmJ" }
  }

  assert {
    condition = jsonencode([
      for function in values(aws_lambda_function.this) : [function.s3_bucket, function.s3_key, function.s3_object_version, function.filename]
    ]) == jsonencode([["acme-artifacts", "sluice/0.1.0/function.zip", "3HL4kqtJlcpXroDTDmJ", null]])
    error_message = "Another artefact is deployed."
  }
}

run "the_functions_can_run_in_a_vpc" {
  variables {
    event_sync = true
    vpc        = { subnet_ids = ["subnet-0a1b2c3d", "subnet-0a1b2c3e"], security_group_ids = ["sg-0a1b2c3d"] }
  }

  assert {
    condition = length(aws_lambda_function.this) == 2 && alltrue([
      for function in values(aws_lambda_function.this) : function.vpc_config[0].subnet_ids == toset(["subnet-0a1b2c3d", "subnet-0a1b2c3e"])
      && function.vpc_config[0].security_group_ids == toset(["sg-0a1b2c3d"])
    ])
    error_message = "A function runs elsewhere."
  }
}

# Null values are left out of an environment, and whether a queue's URL is one has to be known before the URL is.
run "a_plan_shows_the_environment_before_the_queues_are_there" {
  command = plan

  variables {
    fan_out = true
    resume  = "delayed"
  }

  assert {
    condition     = output.environments["scheduled-sync"].SLUICE_FAN_OUT == "queue" && output.environments["event-sync"].SLUICE_RESUME == "delayed"
    error_message = "The environment is another: ${jsonencode(output.environments)}"
  }
}

run "the_log_level_is_the_functions_and_metrics_pass_lambda_at_any" {
  variables {
    log_level = "ERROR"
  }

  assert {
    condition     = output.environments["scheduled-sync"].POWERTOOLS_LOG_LEVEL == "ERROR" && aws_lambda_function.this["scheduled-sync"].logging_config[0].application_log_level == "INFO"
    error_message = "The level is not passed on, or Lambda drops the metrics."
  }
}

run "lambda_lets_pass_what_the_functions_are_to_say" {
  variables {
    log_level = "DEBUG"
  }

  assert {
    condition     = output.environments["scheduled-sync"].POWERTOOLS_LOG_LEVEL == "DEBUG" && aws_lambda_function.this["scheduled-sync"].logging_config[0].application_log_level == "DEBUG"
    error_message = "Lambda drops what the functions are to say."
  }
}

run "alarms_watch_what_matters" {
  variables {
    event_sync       = true
    resume           = "scheduled"
    alarm_topic_arns = ["arn:aws:sns:eu-west-1:123456789012:on-call"]
  }

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset([
      "lag/acme-github", "failed/acme-github", "resume-limit/acme-github",
      "errors/scheduled-sync", "errors/event-sync", "throttles/scheduled-sync", "throttles/event-sync", "duration/scheduled-sync", "duration/event-sync",
      "dead-letters/dead", "dead-letters/nudges_dead", "waiting/nudges",
      "undelivered/scheduled-sync", "undelivered/event-sync", "undelivered/schedules",
    ])
    error_message = "The alarms are others: ${join(", ", keys(aws_cloudwatch_metric_alarm.this))}"
  }

  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.this) : alarm.alarm_actions == toset(var.alarm_topic_arns) && alarm.ok_actions == toset(var.alarm_topic_arns)])
    error_message = "An alarm tells nobody."
  }

  # "breaching" alone would wait some periods longer, until CloudWatch has forgotten the last datapoint.
  assert {
    condition     = [for query in aws_cloudwatch_metric_alarm.this["lag/acme-github"].metric_query : query.expression if query.return_data == true] == ["FILL(found, 3602)"]
    error_message = "A pipeline that is silent for so long is not seen."
  }

  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.this["lag/acme-github"].metric_query : jsonencode(query.metric[0]) if query.id == "found"]) == jsonencode({ dimensions = { pipeline = "acme-github" }, metric_name = "LagSeconds", namespace = "Sluice", period = 3660, stat = "Maximum", unit = null })
    error_message = "Another metric is filled."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["lag/acme-github"].threshold == 3601 && aws_cloudwatch_metric_alarm.this["lag/acme-github"].evaluation_periods == 1 && aws_cloudwatch_metric_alarm.this["lag/acme-github"].treat_missing_data == "breaching"
    error_message = "A pipeline that lags is not seen."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["waiting/nudges"].metric_name == "ApproximateAgeOfOldestMessage" && aws_cloudwatch_metric_alarm.this["waiting/nudges"].dimensions == tomap({ QueueName = "sluice-nudges.fifo" }) && aws_cloudwatch_metric_alarm.this["waiting/nudges"].threshold == 3600
    error_message = "A queue that nobody empties is not seen."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["undelivered/schedules"].dimensions == tomap({ ScheduleGroup = "sluice" }) && aws_cloudwatch_metric_alarm.this["undelivered/event-sync"].dimensions == tomap({ FunctionName = "sluice-event-sync" })
    error_message = "What did not reach the dead-letter queue is not seen."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["dead-letters/nudges_dead"].dimensions == tomap({ QueueName = "sluice-nudges-dead.fifo" }) && aws_cloudwatch_metric_alarm.this["dead-letters/nudges_dead"].treat_missing_data == "ignore" && aws_cloudwatch_metric_alarm.this["duration/event-sync"].threshold == 895000
    error_message = "Dead letters or long runs are not seen."
  }
}

run "a_pipeline_without_a_schedule_may_be_silent" {
  variables {
    resume                  = "delayed"
    max_message_age_seconds = 7200
    pipelines               = { acme-github = { file = "tests/fixtures/acme-github.yaml", max_lag_seconds = 604800 } }
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this["lag/acme-github"].metric_query) == 0 && aws_cloudwatch_metric_alarm.this["lag/acme-github"].metric_name == "LagSeconds" && aws_cloudwatch_metric_alarm.this["lag/acme-github"].period == 604800 && aws_cloudwatch_metric_alarm.this["lag/acme-github"].treat_missing_data == "notBreaching"
    error_message = "Silence is an alarm, or lag is none."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["waiting/resume"].threshold == 7200 && aws_cloudwatch_metric_alarm.this["waiting/resume"].dimensions == tomap({ QueueName = "sluice-resume" })
    error_message = "A queue of resumptions that nobody empties is not seen."
  }
}

run "alarms_and_dashboard_can_be_left_out" {
  variables {
    alarms    = false
    dashboard = false
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) == 0 && length(aws_cloudwatch_dashboard.this) == 0 && output.dashboard == null
    error_message = "They are there."
  }
}

run "the_dashboard_shows_every_pipeline_and_function" {
  variables {
    event_sync = true
  }

  assert {
    condition     = alltrue([for name in ["acme-github", "sluice-scheduled-sync", "sluice-event-sync", "sluice-nudges.fifo", "sluice-dead"] : strcontains(aws_cloudwatch_dashboard.this[0].dashboard_body, name)])
    error_message = "The dashboard leaves something out."
  }
}

# The fixture's user name stands for a secret that somebody wrote into a file under a name that gives nothing away.
run "nothing_of_a_connection_gets_into_plan_or_state" {
  variables {
    pipelines = { undeclared-secret = { file = "tests/fixtures/undeclared-secret.yaml", schedule = "rate(1 hour)" } }
  }

  assert {
    condition     = strcontains(file(var.pipelines["undeclared-secret"].file), "CANARY-7f3a")
    error_message = "The fixture has no canary."
  }

  assert {
    condition = !strcontains(jsonencode([
      aws_s3_object.pipeline, aws_lambda_function.this, aws_scheduler_schedule.pipeline, aws_iam_role_policy.function, aws_cloudwatch_metric_alarm.this, aws_cloudwatch_dashboard.this,
      output.environments, output.schedule_inputs, output.secret_arns, output.parameter_arns, output.functions, output.queues,
    ]), "CANARY-7f3a")
    error_message = "A value of the connection is in the state."
  }
}
