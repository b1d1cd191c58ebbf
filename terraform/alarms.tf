locals {
  # Silence is judged alarm by alarm. A pipeline on a schedule that says nothing lags: breaching. A queue that
  # CloudWatch finds inactive still holds what it held: ignore. The rest is only counted when something happens.
  alarm_definitions = merge(
    {
      for key, pipeline in var.pipelines : "lag/${key}" => {
        namespace   = var.metrics_namespace
        metric      = "LagSeconds"
        dimensions  = { pipeline = key }
        statistic   = "Maximum"
        period      = ceil(pipeline.max_lag_seconds / 60) * 60
        threshold   = pipeline.max_lag_seconds
        missing     = pipeline.schedule != null ? "breaching" : "notBreaching"
        description = "A table of the pipeline ${key} is further than ${pipeline.max_lag_seconds} s behind its source, or the pipeline has not run for so long."
      } if pipeline.max_lag_seconds != null && pipeline.enabled
    },
    {
      for key, pipeline in var.pipelines : "failed/${key}" => {
        namespace   = var.metrics_namespace
        metric      = "Failed"
        dimensions  = { pipeline = key }
        statistic   = "Maximum"
        period      = 300
        threshold   = 0
        missing     = "notBreaching"
        description = "A table of the pipeline ${key} has failed; its report in the log says why. Its offset is where the last commit left it."
      }
    },
    {
      for key, pipeline in var.pipelines : "resume-limit/${key}" => {
        namespace   = var.metrics_namespace
        metric      = "ResumeLimitReached"
        dimensions  = { pipeline = key }
        statistic   = "Maximum"
        period      = 300
        threshold   = 0
        missing     = "notBreaching"
        description = "The pipeline ${key} was resumed ${var.resume_limit} times in a row and is not done; it goes on at its next schedule."
      } if var.resume != "off"
    },
    {
      for function in local.functions : "errors/${function}" => {
        namespace   = "AWS/Lambda"
        metric      = "Errors"
        dimensions  = { FunctionName = local.function_names[function] }
        statistic   = "Sum"
        period      = 300
        threshold   = 0
        missing     = "notBreaching"
        description = "Invocations of ${local.function_names[function]} have failed."
      }
    },
    {
      for function in local.functions : "throttles/${function}" => {
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        dimensions  = { FunctionName = local.function_names[function] }
        statistic   = "Sum"
        period      = 300
        threshold   = 0
        missing     = "notBreaching"
        description = "${local.function_names[function]} was refused a start: its reserved concurrency or the account's limit is used up."
      }
    },
    # A run stops reading by itself 15 s before the timeout, and has the next 10 s to commit.
    {
      for function in local.functions : "duration/${function}" => {
        namespace   = "AWS/Lambda"
        metric      = "Duration"
        dimensions  = { FunctionName = local.function_names[function] }
        statistic   = "Maximum"
        period      = 300
        threshold   = (var.timeout_seconds - 5) * 1000
        missing     = "notBreaching"
        description = "A run of ${local.function_names[function]} came within 5 s of its timeout of ${var.timeout_seconds} s. Lower time_budget or max_records_per_batch in the pipeline file."
      }
    },
    {
      for queue in setintersection(local.queues, ["dead", "nudges_dead"]) : "dead-letters/${queue}" => {
        namespace   = "AWS/SQS"
        metric      = "ApproximateNumberOfMessagesVisible"
        dimensions  = { QueueName = local.queue_names[queue] }
        statistic   = "Maximum"
        period      = 300
        threshold   = 0
        missing     = "ignore"
        description = "${local.queue_names[queue]} holds events that nobody will try again."
      }
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = { for key, alarm in local.alarm_definitions : key => alarm if var.alarms }

  alarm_name          = "${var.name}/${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}
