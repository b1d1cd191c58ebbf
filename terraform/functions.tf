locals {
  event_sync = var.event_sync || var.fan_out || var.resume == "delayed"
  functions  = toset(concat(["scheduled-sync"], local.event_sync ? ["event-sync"] : []))

  function_descriptions = {
    scheduled-sync = "Syncs a pipeline when its schedule says so"
    event-sync     = "Syncs the tables that messages name"
  }

  # The functions that read a source. With fan-out, scheduled-sync only queues and needs next to nothing.
  syncing = toset([for function in local.functions : function if !(function == "scheduled-sync" && var.fan_out)])

  default_java_tool_options = "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED"

  # What a function uses to resume its runs.
  resume = { for function in local.functions : function => contains(local.syncing, function) ? var.resume : "off" }

  # A null is left out. What format returns is no null, even before a queue's URL is known, so a plan shows the rest.
  environments = {
    for function in local.functions : function => tomap({
      for name, value in {
        JAVA_TOOL_OPTIONS            = coalesce(var.java_tool_options, local.default_java_tool_options)
        POWERTOOLS_LOG_LEVEL         = var.log_level
        POWERTOOLS_METRICS_NAMESPACE = var.metrics_namespace
        POWERTOOLS_SERVICE_NAME      = var.service_name
        QUARKUS_FUNQY_EXPORT         = function

        SLUICE_CHECKPOINT_TABLE  = aws_dynamodb_table.checkpoints.name
        SLUICE_FAN_OUT           = function == "scheduled-sync" && var.fan_out ? "queue" : "off"
        SLUICE_METRIC_DIMENSIONS = var.metrics_by_table ? "pipeline,table" : "pipeline"
        SLUICE_PIPELINES         = "s3://${local.bucket}/${local.config_prefix}/"

        # scheduled-sync sends to the queue, event-sync gives back to it what it could not do.
        SLUICE_QUEUE_URL = function == "event-sync" || var.fan_out ? format("%s", aws_sqs_queue.nudges[0].url) : null

        SLUICE_RESUME           = local.resume[function]
        SLUICE_RESUME_LIMIT     = contains(local.syncing, function) ? tostring(var.resume_limit) : null
        SLUICE_RESUME_QUEUE_URL = local.resume[function] == "delayed" ? format("%s", aws_sqs_queue.resume[0].url) : null

        SLUICE_SCHEDULE_GROUP           = local.resume[function] == "scheduled" ? local.schedule_group : null
        SLUICE_SCHEDULE_TARGET_ARN      = local.resume[function] == "scheduled" ? local.alias_arns[function] : null
        SLUICE_SCHEDULE_ROLE_ARN        = local.resume[function] == "scheduled" ? local.schedule_role_arn : null
        SLUICE_SCHEDULE_DEAD_LETTER_ARN = local.resume[function] == "scheduled" ? local.queue_arns.dead : null
      } : name => value if value != null
    })
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
  description                    = local.function_descriptions[each.key]
  role                           = aws_iam_role.function[each.key].arn
  filename                       = var.function_zip
  source_code_hash               = var.function_zip == null ? null : filebase64sha256(var.function_zip)
  s3_bucket                      = try(var.function_object.bucket, null)
  s3_key                         = try(var.function_object.key, null)
  s3_object_version              = try(var.function_object.version, null)
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

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # Lambda makes a log group without retention where there is none, and makes network interfaces with the role.
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
