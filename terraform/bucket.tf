locals {
  # Through the resource, so that what uses the bucket comes after it.
  bucket = var.create_bucket ? aws_s3_bucket.lake[0].bucket : var.bucket_name

  bucket_kms_key_arn = var.bucket_kms_key_arn == null ? var.kms_key_arn : var.bucket_kms_key_arn

  # S3 itself keeps the promise that a microbatch is written once: a put has to say "if there is none", and so has the
  # request that completes an upload in parts. Those before it cannot, and create no object.
  write_once_statement = {
    Sid       = "WriteOnce"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:PutObject"
    Resource = flatten([
      for folder in values(local.folders) : [for flow in ["data", "deletes"] : "${local.bucket_arn}/${folder}*/${flow}/*"]
    ])
    Condition = merge(
      {
        Null = { "s3:if-none-match" = "true" }
        Bool = { "s3:ObjectCreationOperation" = "true" }
      },
      { for operator, arns in { ArnNotEquals = var.lake_mover_arns } : operator => { "aws:PrincipalArn" = arns } if length(arns) > 0 },
    )
  }

  # Who writes a pipeline file decides where secrets are sent that the functions may read.
  deployers = length(var.deployer_arns) > 0 ? var.deployer_arns : [data.aws_iam_session_context.current.issuer_arn]

  pipeline_files_statement = {
    Sid       = "PipelineFiles"
    Effect    = "Deny"
    Principal = "*"
    Action    = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"]
    Resource  = local.config_objects
    Condition = { ArnNotEquals = { "aws:PrincipalArn" = local.deployers } }
  }
}

# The role behind a session, or a user.
data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}

resource "aws_s3_bucket" "lake" {
  count = var.create_bucket ? 1 : 0

  bucket        = var.bucket_name
  force_destroy = var.force_destroy_bucket
  tags          = var.tags
}

resource "aws_s3_bucket_ownership_controls" "lake" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.lake[0].bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "lake" {
  count = var.create_bucket ? 1 : 0

  bucket                  = aws_s3_bucket.lake[0].bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "lake" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.lake[0].bucket
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      local.write_once_statement,
      local.pipeline_files_statement,
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.lake]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "lake" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.lake[0].bucket

  rule {
    bucket_key_enabled = local.bucket_kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = local.bucket_kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = local.bucket_kms_key_arn
    }
  }
}

# Microbatches are never replaced. What versions bring back is what somebody deleted: an old snapshot, a purged
# generation, a mistake.
resource "aws_s3_bucket_versioning" "lake" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.lake[0].bucket

  versioning_configuration {
    status = var.bucket_versioning ? "Enabled" : "Suspended"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "lake" {
  count = var.create_bucket ? 1 : 0

  bucket = aws_s3_bucket.lake[0].bucket

  rule {
    id     = "abandoned-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  rule {
    id     = "deleted-objects"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  depends_on = [aws_s3_bucket_versioning.lake]
}
