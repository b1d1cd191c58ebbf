locals {
  # Silence is judged alarm by alarm. A pipeline on a schedule that says nothing lags: it is filled with a lag that is
  # too long, as "breaching" alone waits until CloudWatch has forgotten the last datapoint, some periods later. A queue
  # that CloudWatch finds inactive still holds what it held: ignore. The rest is only counted when something happens.
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
        fill        = pipeline.schedule != null ? pipeline.max_lag_seconds + 1 : null
        description = "A table of the pipeline ${key} was further than ${pipeline.max_lag_seconds} s behind its source${pipeline.schedule != null ? ", or for so long no run has said how far behind it is" : ""}."
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
    {
      for queue in setintersection(local.queues, ["nudges", "resume"]) : "waiting/${queue}" => {
        namespace   = "AWS/SQS"
        metric      = "ApproximateAgeOfOldestMessage"
        dimensions  = { QueueName = local.queue_names[queue] }
        statistic   = "Maximum"
        period      = 300
        threshold   = var.max_message_age_seconds
        missing     = "ignore"
        description = "A message has been in ${local.queue_names[queue]} for more than ${var.max_message_age_seconds} s. event-sync does not take it, or does not get done with it."
      }
    },
    # What could not even be put into the dead-letter queue is nowhere but in these counts.
    {
      for function in local.functions : "undelivered/${function}" => {
        namespace   = "AWS/Lambda"
        metric      = "DestinationDeliveryFailures"
        dimensions  = { FunctionName = local.function_names[function] }
        statistic   = "Sum"
        period      = 300
        threshold   = 0
        missing     = "notBreaching"
        description = "Lambda gave up an event of ${local.function_names[function]} and could not put it into ${local.queue_names.dead}."
      }
    },
    {
      "undelivered/schedules" = {
        namespace   = "AWS/Scheduler"
        metric      = "InvocationsFailedToBeSentToDeadLetterCount"
        dimensions  = { ScheduleGroup = local.schedule_group }
        statistic   = "Sum"
        period      = 300
        threshold   = 0
        missing     = "notBreaching"
        description = "EventBridge Scheduler gave up an event of the group ${local.schedule_group} and could not put it into ${local.queue_names.dead}."
      }
    },
  )

  filled = { for key, alarm in local.alarm_definitions : key => try(alarm.fill, null) != null }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = { for key, alarm in local.alarm_definitions : key => alarm if var.alarms }

  alarm_name          = "${var.name}/${each.key}"
  alarm_description   = each.value.description
  namespace           = local.filled[each.key] ? null : each.value.namespace
  metric_name         = local.filled[each.key] ? null : each.value.metric
  dimensions          = local.filled[each.key] ? null : each.value.dimensions
  statistic           = local.filled[each.key] ? null : each.value.statistic
  period              = local.filled[each.key] ? null : each.value.period
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags

  dynamic "metric_query" {
    for_each = local.filled[each.key] ? [each.value] : []

    content {
      id          = "filled"
      expression  = "FILL(found, ${metric_query.value.fill})"
      label       = metric_query.value.metric
      return_data = true
    }
  }

  dynamic "metric_query" {
    for_each = local.filled[each.key] ? [each.value] : []

    content {
      id = "found"

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.metric
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.statistic
        period      = metric_query.value.period
      }
    }
  }
}
