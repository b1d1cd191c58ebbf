locals {
  # The kinds of alarms: what each watches, by the name that its alarms have, and %s for it in the description.
  # Silence: a queue that CloudWatch finds inactive still holds what it held (ignore). The rest is only counted when
  # something happens.
  alarm_kinds = [
    {
      kind        = "failed"
      watched     = { for key in keys(var.pipelines) : key => key }
      dimension   = "pipeline"
      namespace   = var.metrics_namespace
      metric      = "Failed"
      stat        = "Maximum"
      threshold   = 0
      missing     = "notBreaching"
      description = "A table of the pipeline %s has failed; its report in the log says why. Its offset is where the last commit left it."
    },
    {
      kind        = "resume-limit"
      watched     = { for key in keys(var.pipelines) : key => key if var.resume != "off" }
      dimension   = "pipeline"
      namespace   = var.metrics_namespace
      metric      = "ResumeLimitReached"
      stat        = "Maximum"
      threshold   = 0
      missing     = "notBreaching"
      description = "The pipeline %s was resumed ${var.resume_limit} times in a row and is not done; it goes on at its next schedule."
    },
    {
      kind        = "errors"
      watched     = local.function_names
      dimension   = "FunctionName"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      stat        = "Sum"
      threshold   = 0
      missing     = "notBreaching"
      description = "Invocations of %s have failed."
    },
    {
      kind        = "throttles"
      watched     = local.function_names
      dimension   = "FunctionName"
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      stat        = "Sum"
      threshold   = 0
      missing     = "notBreaching"
      description = "%s was refused a start: its reserved concurrency or the account's limit is used up."
    },
    {
      # A run stops reading by itself 15 s before the timeout, and has the next 10 s to commit.
      kind        = "duration"
      watched     = local.function_names
      dimension   = "FunctionName"
      namespace   = "AWS/Lambda"
      metric      = "Duration"
      stat        = "Maximum"
      threshold   = (var.timeout_seconds - 5) * 1000
      missing     = "notBreaching"
      description = <<-EOT
        A run of %s came within 5 s of its timeout of ${var.timeout_seconds} s.
        Lower time_budget or max_records_per_batch in the pipeline file.
      EOT
    },
    {
      kind        = "dead-letters"
      watched     = { for queue, name in local.queue_names : queue => name if contains(local.queues, queue) && endswith(queue, "dead") }
      dimension   = "QueueName"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      stat        = "Maximum"
      threshold   = 0
      missing     = "ignore"
      description = "%s holds events that nobody will try again."
    },
    {
      kind        = "waiting"
      watched     = { for queue, name in local.queue_names : queue => name if contains(local.queues, queue) && !endswith(queue, "dead") }
      dimension   = "QueueName"
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      stat        = "Maximum"
      threshold   = var.max_message_age_seconds
      missing     = "ignore"
      description = <<-EOT
        A message has been in %s for more than ${var.max_message_age_seconds} s.
        event-sync does not take it, or does not get done with it.
      EOT
    },
    {
      # What could not even be put into the dead-letter queue is nowhere but in these counts.
      kind        = "undelivered"
      watched     = local.function_names
      dimension   = "FunctionName"
      namespace   = "AWS/Lambda"
      metric      = "DestinationDeliveryFailures"
      stat        = "Sum"
      threshold   = 0
      missing     = "notBreaching"
      description = "Lambda gave up an event of %s and could not put it into ${local.queue_names.dead}."
    },
    {
      kind        = "undelivered"
      watched     = { schedules = local.schedule_group }
      dimension   = "ScheduleGroup"
      namespace   = "AWS/Scheduler"
      metric      = "InvocationsFailedToBeSentToDeadLetterCount"
      stat        = "Sum"
      threshold   = 0
      missing     = "notBreaching"
      description = "EventBridge Scheduler gave up an event of the group %s and could not put it into ${local.queue_names.dead}."
    },
  ]

  # A pipeline on a schedule that says nothing lags: silence is filled with a lag that is too long, as "breaching" alone
  # waits until CloudWatch has forgotten the last datapoint, some periods later.
  lag_alarms = {
    for key, pipeline in var.pipelines : "lag/${key}" => {
      namespace  = var.metrics_namespace
      metric     = "LagSeconds"
      dimensions = { pipeline = key }
      stat       = "Maximum"
      period     = ceil(pipeline.max_lag_seconds / 60) * 60
      threshold  = pipeline.max_lag_seconds
      missing    = pipeline.schedule != null ? "breaching" : "notBreaching"
      fill       = pipeline.schedule != null ? pipeline.max_lag_seconds + 1 : null
      description = format(
        "A table of the pipeline %s was further than %d s behind its source%s.", key, pipeline.max_lag_seconds,
        pipeline.schedule != null ? ", or for so long no run has said how far behind it is" : "",
      )
    } if pipeline.max_lag_seconds != null && pipeline.enabled
  }

  alarms = merge(local.lag_alarms, [
    for alarm in local.alarm_kinds : {
      for name, value in alarm.watched : "${alarm.kind}/${name}" => {
        namespace   = alarm.namespace
        metric      = alarm.metric
        dimensions  = { (alarm.dimension) = value }
        stat        = alarm.stat
        period      = 300
        threshold   = alarm.threshold
        missing     = alarm.missing
        fill        = null
        description = replace(trimspace(format(alarm.description, value)), "\n", " ")
      }
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = { for key, alarm in local.alarms : key => alarm if var.alarms }

  alarm_name          = "${var.name}/${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.fill == null ? each.value.namespace : null
  metric_name         = each.value.fill == null ? each.value.metric : null
  dimensions          = each.value.fill == null ? each.value.dimensions : null
  statistic           = each.value.fill == null ? each.value.stat : null
  period              = each.value.fill == null ? each.value.period : null
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags

  dynamic "metric_query" {
    for_each = each.value.fill == null ? [] : [each.value]

    content {
      id          = "filled"
      expression  = "FILL(found, ${metric_query.value.fill})"
      label       = metric_query.value.metric
      return_data = true
    }
  }

  dynamic "metric_query" {
    for_each = each.value.fill == null ? [] : [each.value]

    content {
      id = "found"

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.metric
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.stat
        period      = metric_query.value.period
      }
    }
  }
}
