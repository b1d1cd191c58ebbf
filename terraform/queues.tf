locals {
  # What AWS asks of a queue that feeds a function.
  visibility_timeout = 6 * var.timeout_seconds

  # A message takes its age along into a dead-letter queue, which therefore keeps it for longer than its source does.
  four_days = 4 * 24 * 60 * 60
  two_weeks = 14 * 24 * 60 * 60

  queue_urls = merge(
    { dead = aws_sqs_queue.dead.url },
    local.event_sync ? { nudges = aws_sqs_queue.nudges[0].url, nudges_dead = aws_sqs_queue.nudges_dead[0].url } : {},
    var.resume == "delayed" ? { resume = aws_sqs_queue.resume[0].url } : {},
  )
  queues = toset(concat(["dead"], local.event_sync ? ["nudges", "nudges_dead"] : [], var.resume == "delayed" ? ["resume"] : []))
}

# Nudges: one group a table, so that a table's messages come one after the other. A rule of EventBridge gives no
# deduplication identifier, so the queue makes one of the content for those who send none.
resource "aws_sqs_queue" "nudges" {
  count = local.event_sync ? 1 : 0

  name                        = local.queue_names.nudges
  fifo_queue                  = true
  content_based_deduplication = true
  deduplication_scope         = "messageGroup"
  fifo_throughput_limit       = "perMessageGroupId"
  visibility_timeout_seconds  = local.visibility_timeout
  message_retention_seconds   = local.four_days
  sqs_managed_sse_enabled     = var.kms_key_arn == null ? true : null
  kms_master_key_id           = var.kms_key_arn
  tags                        = var.tags

  # Kept by aws_sqs_queue_redrive_policy.
  lifecycle {
    ignore_changes = [redrive_policy]
  }
}

resource "aws_sqs_queue" "nudges_dead" {
  count = local.event_sync ? 1 : 0

  name                      = local.queue_names.nudges_dead
  fifo_queue                = true
  message_retention_seconds = local.two_weeks
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

# A standard queue, as a FIFO queue delays all of its messages or none.
resource "aws_sqs_queue" "resume" {
  count = var.resume == "delayed" ? 1 : 0

  name                       = local.queue_names.resume
  visibility_timeout_seconds = local.visibility_timeout
  message_retention_seconds  = local.four_days
  sqs_managed_sse_enabled    = var.kms_key_arn == null ? true : null
  kms_master_key_id          = var.kms_key_arn
  tags                       = var.tags

  # Kept by aws_sqs_queue_redrive_policy.
  lifecycle {
    ignore_changes = [redrive_policy]
  }
}

# What the scheduler could not hand over, what a function failed at, and what could not be resumed.
resource "aws_sqs_queue" "dead" {
  name                      = local.queue_names.dead
  message_retention_seconds = local.two_weeks
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_policy" "this" {
  for_each = { for queue, dead in { nudges = "nudges_dead", resume = "dead" } : queue => dead if contains(local.queues, queue) }

  queue_url = local.queue_urls[each.key]
  redrive_policy = jsonencode({
    deadLetterTargetArn = local.queue_arns[each.value]
    maxReceiveCount     = var.event_attempts
  })

  depends_on = [aws_sqs_queue.dead, aws_sqs_queue.nudges_dead]
}

resource "aws_sqs_queue_policy" "this" {
  for_each = local.queues

  queue_url = local.queue_urls[each.key]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = local.queue_arns[each.key]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      [for statement in [{
        Sid       = "TakeFromRules"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = local.queue_arns.nudges
        Condition = { ArnEquals = { "aws:SourceArn" = var.event_senders } }
      }] : statement if each.key == "nudges" && length(var.event_senders) > 0],
    )
  })

  # One change to a queue at a time: where two meet, emulators lose one.
  depends_on = [aws_sqs_queue_redrive_policy.this]
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each = toset([for queue in ["nudges", "resume"] : queue if contains(local.queues, queue) && var.event_polling])

  event_source_arn        = each.key == "nudges" ? aws_sqs_queue.nudges[0].arn : aws_sqs_queue.resume[0].arn
  function_name           = aws_lambda_alias.live["event-sync"].arn
  batch_size              = coalesce(var.event_batch_size, var.fan_out ? 1 : 10)
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags

  dynamic "scaling_config" {
    for_each = var.event_concurrency[*]

    content {
      maximum_concurrency = scaling_config.value
    }
  }
}
