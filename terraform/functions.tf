locals {
  event_sync = var.event_sync || var.fan_out || var.resume == "delayed"
  functions  = toset(concat(["scheduled-sync"], local.event_sync ? ["event-sync"] : []))

  # The functions that read a source. With fan-out, scheduled-sync only queues and needs next to nothing.
  syncing = toset([for function in local.functions : function if !(function == "scheduled-sync" && var.fan_out)])

  default_java_tool_options = "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED"

  common_environment = {
    JAVA_TOOL_OPTIONS            = coalesce(var.java_tool_options, local.default_java_tool_options)
    POWERTOOLS_LOG_LEVEL         = var.log_level
    POWERTOOLS_METRICS_NAMESPACE = var.metrics_namespace
    POWERTOOLS_SERVICE_NAME      = var.service_name
    SLUICE_CHECKPOINT_TABLE      = aws_dynamodb_table.checkpoints.name
    SLUICE_METRIC_DIMENSIONS     = var.metrics_by_table ? "pipeline,table" : "pipeline"
    SLUICE_PIPELINES             = "s3://${local.bucket}/${local.config_prefix}/"
  }

  environments = {
    for function in local.functions : function => tomap(merge(
      local.common_environment,
      { QUARKUS_FUNQY_EXPORT = function },
      { SLUICE_FAN_OUT = function == "scheduled-sync" && var.fan_out ? "queue" : "off" },
      # One sends to the queue, the other gives back what it could not do.
      { for name, value in {
        SLUICE_QUEUE_URL = one(aws_sqs_queue.nudges[*].url)
      } : name => value if function == "event-sync" || var.fan_out },
      contains(local.syncing, function)
      ? { SLUICE_RESUME = var.resume, SLUICE_RESUME_LIMIT = tostring(var.resume_limit) }
      : { SLUICE_RESUME = "off" },
      { for name, value in {
        SLUICE_RESUME_QUEUE_URL = one(aws_sqs_queue.resume[*].url)
      } : name => value if contains(local.syncing, function) && var.resume == "delayed" },
      { for name, value in {
        SLUICE_SCHEDULE_GROUP           = local.schedule_group
        SLUICE_SCHEDULE_TARGET_ARN      = local.alias_arns[function]
        SLUICE_SCHEDULE_ROLE_ARN        = local.schedule_role_arn
        SLUICE_SCHEDULE_DEAD_LETTER_ARN = local.queue_arns.dead
      } : name => value if contains(local.syncing, function) && var.resume == "scheduled" },
    ))
  }
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = local.log_groups[each.key]
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name                  = local.function_names[each.key]
  description                    = each.key == "scheduled-sync" ? "Syncs a pipeline when its schedule says so" : "Syncs the tables that messages name"
  role                           = aws_iam_role.function[each.key].arn
  filename                       = var.function_zip
  source_code_hash               = filebase64sha256(var.function_zip)
  handler                        = "dev.sluice.functions.LambdaHandler::handleRequest"
  runtime                        = var.runtime
  architectures                  = [var.architecture]
  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  publish                        = true
  reserved_concurrent_executions = lookup(var.reserved_concurrency, each.key, -1)
  tags                           = var.tags

  environment {
    variables = local.environments[each.key]
  }

  ephemeral_storage {
    size = var.ephemeral_storage_mb
  }

  # Lambda's own lines as JSON, too. The functions' lines are JSON already and pass as they are. As text, there is
  # nothing to configure: the log group has the name that Lambda expects.
  dynamic "logging_config" {
    for_each = var.log_format == "JSON" ? ["JSON"] : []

    content {
      log_format = logging_config.value
      log_group  = local.log_groups[each.key]

      # What Lambda lets pass, INFO at least: it takes the metrics for lines of that level.
      application_log_level = contains(["TRACE", "DEBUG"], var.log_level) ? var.log_level : "INFO"
    }
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "snap_start" {
    for_each = var.snap_start ? ["PublishedVersions"] : []

    content {
      apply_on = snap_start.value
    }
  }

  # Lambda makes a log group without retention where there is none.
  depends_on = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function]
}

resource "aws_lambda_alias" "live" {
  for_each = local.functions

  name             = local.alias
  description      = "What schedules and queues invoke"
  function_name    = aws_lambda_function.this[each.key].function_name
  function_version = lookup(var.alias_versions, each.key, aws_lambda_function.this[each.key].version)
}

resource "aws_lambda_function_event_invoke_config" "live" {
  for_each = local.functions

  function_name                = aws_lambda_function.this[each.key].function_name
  qualifier                    = aws_lambda_alias.live[each.key].name
  maximum_retry_attempts       = var.async_retries
  maximum_event_age_in_seconds = var.schedule_retry.age_seconds

  destination_config {
    on_failure {
      destination = aws_sqs_queue.dead.arn
    }
  }

  # Lambda checks whether the role may send there.
  depends_on = [aws_iam_role_policy.function]
}

# A message that is delayed again and again comes from the function itself, which Lambda takes for a loop after 16
# times. resume_limit is what ends it.
resource "aws_lambda_function_recursion_config" "event_sync" {
  count = var.resume == "delayed" ? 1 : 0

  function_name  = aws_lambda_function.this["event-sync"].function_name
  recursive_loop = "Allow"
}
