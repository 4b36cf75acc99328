# The template's parameters, by the names that are usual here.

variable "name" {
  description = "The function's name"
  type        = string
  default     = "kinora"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,50}$", var.name))
    error_message = "1 to 50 letters, digits, - or _"
  }
}

variable "bucket_name" {
  description = "The bucket's name, which no other bucket of AWS has; a part of it is made up if it is empty"
  type        = string
  default     = ""
}

variable "image_uri" {
  description = "The function's image, in ECR in this region"
  type        = string
  default     = ""
}

variable "zip_file" {
  description = "The function's zip for the runtime provided.al2023, a file of this machine"
  type        = string
  default     = ""
}

variable "architecture" {
  description = "What the program was built for"
  type        = string
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "x86_64 or arm64"
  }
}

variable "memory_size" {
  description = "MB of memory; 1769 MB come with one processor. New accounts have at most 3008"
  type        = number
  default     = 3008

  validation {
    condition     = var.memory_size >= 512 && var.memory_size <= 10240
    error_message = "512 to 10240"
  }
}

variable "temporary_storage" {
  description = "MB of /tmp; more than 512 costs a little"
  type        = number
  default     = 512

  validation {
    condition     = var.temporary_storage >= 512 && var.temporary_storage <= 10240
    error_message = "512 to 10240"
  }
}

variable "concurrency" {
  description = "Calls at once that are kept for this function and are its most; 0 takes the account's own limit"
  type        = number
  default     = 0

  validation {
    condition     = var.concurrency >= 0 && var.concurrency <= 10000
    error_message = "0 to 10000"
  }
}

variable "log_days" {
  description = "Days that logs are kept"
  type        = number
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], var.log_days)
    error_message = "1, 3, 5, 7, 14, 30, 60, 90, 180 or 365"
  }
}

variable "bucket_days" {
  description = "Days after which everything in the bucket is removed, results and bundles included; 0 keeps them"
  type        = number
  default     = 0

  validation {
    condition     = var.bucket_days >= 0 && var.bucket_days <= 3650
    error_message = "0 to 3650"
  }
}
