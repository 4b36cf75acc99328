# Kinora's function with its bucket, role, log and policies: what deploy/template.json makes,
# for those who deploy with Terraform. A test (crates/lambda/tests/it/terraform.rs) compares
# the two; Terraform itself does not run in it.
#
#   module "kinora" {
#     source   = "./deploy/terraform"
#     zip_file = "kinora.zip" # deploy/build-zip, or image_uri
#   }
#
# Either `zip_file` or `image_uri` is given. `kinora lambda destroy` knows stacks only: what
# is made here, `terraform destroy` removes, once the bucket is empty.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40"
    }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  function_arn = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:function:${var.name}"
}

resource "aws_s3_bucket" "bucket" {
  bucket        = var.bucket_name == "" ? null : var.bucket_name
  bucket_prefix = var.bucket_name == "" ? "${lower(replace(var.name, "_", "-"))}-bucket-" : null
}

resource "aws_s3_bucket_public_access_block" "bucket" {
  bucket                  = aws_s3_bucket.bucket.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "bucket" {
  bucket = aws_s3_bucket.bucket.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "bucket" {
  bucket = aws_s3_bucket.bucket.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "bucket" {
  bucket = aws_s3_bucket.bucket.id

  # A finished job removes its parts itself; this is for what crashes leave.
  rule {
    id     = "jobs"
    status = "Enabled"

    filter {
      prefix = "kinora/jobs/"
    }

    expiration {
      days = 3
    }
  }

  # Stored anew by jobs that use them, well before they go.
  rule {
    id     = "assets"
    status = "Enabled"

    filter {
      prefix = "kinora/assets/"
    }

    expiration {
      days = 30
    }
  }

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {
      prefix = ""
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  dynamic "rule" {
    for_each = var.bucket_days == 0 ? [] : [var.bucket_days]

    content {
      id     = "everything"
      status = "Enabled"

      filter {
        prefix = ""
      }

      expiration {
        days = rule.value
      }
    }
  }
}

resource "aws_s3_bucket_policy" "bucket_policy" {
  bucket = aws_s3_bucket.bucket.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyEncryptedConnections"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.bucket.arn, "${aws_s3_bucket.bucket.arn}/*"]
        Condition = {
          Bool = {
            "aws:SecureTransport" = "false"
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "log_group" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_days
}

resource "aws_iam_role" "role" {
  name_prefix = "${var.name}-Role-"
  description = "What Kinora's function may do"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })
}

resource "aws_iam_role_policy" "function" {
  name = "function"
  role = aws_iam_role.role.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteItsLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.log_group.arn}:*"
      },
      {
        Sid      = "ListItsBucket"
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = aws_s3_bucket.bucket.arn
      },
      {
        Sid      = "ReadAndWriteItsBucket"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = "${aws_s3_bucket.bucket.arn}/*"
      },
      {
        Sid      = "RemoveJobsParts"
        Effect   = "Allow"
        Action   = "s3:DeleteObject"
        Resource = "${aws_s3_bucket.bucket.arn}/kinora/*"
      },
      {
        Sid      = "CallItself"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = [local.function_arn, "${local.function_arn}:*"]
      },
      {
        # How many calls may run at once decides how a film is shared out; no resource can
        # be named for it.
        Sid      = "SeeTheAccountsLimits"
        Effect   = "Allow"
        Action   = "lambda:GetAccountSettings"
        Resource = "*"
      },
      {
        Sid      = "SeeItsOwnLimits"
        Effect   = "Allow"
        Action   = "lambda:GetFunctionConcurrency"
        Resource = local.function_arn
      },
    ]
  })
}

resource "aws_lambda_function" "function" {
  function_name                  = var.name
  description                    = "Renders a film, or a part of one"
  package_type                   = var.image_uri == "" ? "Zip" : "Image"
  runtime                        = var.image_uri == "" ? "provided.al2023" : null
  handler                        = var.image_uri == "" ? "bootstrap" : null
  image_uri                      = var.image_uri == "" ? null : var.image_uri
  s3_bucket                      = var.image_uri == "" ? aws_s3_object.code[0].bucket : null
  s3_key                         = var.image_uri == "" ? aws_s3_object.code[0].key : null
  architectures                  = [var.architecture]
  memory_size                    = var.memory_size
  timeout                        = 900
  reserved_concurrent_executions = var.concurrency == 0 ? -1 : var.concurrency
  role                           = aws_iam_role.role.arn
  depends_on                     = [aws_iam_role_policy.function]

  ephemeral_storage {
    size = var.temporary_storage
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.log_group.name
  }

  environment {
    variables = {
      REVIDEO_BUCKET_NAME = aws_s3_bucket.bucket.bucket
    }
  }
}

# The zip goes by the bucket, which takes more than Lambda does directly.
resource "aws_s3_object" "code" {
  count  = var.image_uri == "" ? 1 : 0
  bucket = aws_s3_bucket.bucket.bucket
  key    = "kinora/code/${filemd5(var.zip_file)}.zip"
  source = var.zip_file
}

# A film is worth one attempt: it repeats what failed itself.
resource "aws_lambda_function_event_invoke_config" "attempts" {
  function_name          = aws_lambda_function.function.function_name
  qualifier              = "$LATEST"
  maximum_retry_attempts = 0
}

resource "aws_iam_policy" "render_policy" {
  name_prefix = "${var.name}-RenderPolicy-"
  description = "For who renders with Kinora, by `kinora lambda render` or by calling the function"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "CallTheFunction"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration", "lambda:GetFunctionConcurrency"]
        Resource = [local.function_arn, "${local.function_arn}:*"]
      },
      {
        Sid      = "SeeTheAccountsLimits"
        Effect   = "Allow"
        Action   = "lambda:GetAccountSettings"
        Resource = "*"
      },
      {
        Sid      = "ReadItsLog"
        Effect   = "Allow"
        Action   = "logs:FilterLogEvents"
        Resource = "${aws_cloudwatch_log_group.log_group.arn}:*"
      },
      {
        Sid      = "ListTheBucket"
        Effect   = "Allow"
        Action   = ["s3:ListBucket", "s3:GetLifecycleConfiguration"]
        Resource = aws_s3_bucket.bucket.arn
      },
      {
        Sid      = "ReadAndWriteTheBucket"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
        Resource = "${aws_s3_bucket.bucket.arn}/*"
      },
    ]
  })
}
