namespace FanOut.LocalCloud.Faults;

/// <summary>The error of each service for each kind of fault: code, message and status as AWS sends them.</summary>
internal static class FaultErrors
{
    /// <summary>The error of a whole call; null if the fault is not an error answer.</summary>
    public static ServiceException? Call(string service, Fault fault)
    {
        ServiceException? error = fault.Kind switch
        {
            FaultKind.Throttle => Throttle(service),
            FaultKind.ServerError => ServerError(service),
            FaultKind.AccessDenied => AccessDenied(service),
            FaultKind.NotFound => NotFound(service),
            FaultKind.ExpiredToken => ExpiredToken(service),
            FaultKind.Error => new("InternalFailure", "The request failed.", 500),
            _ => null,
        };
        return error is null
            ? null
            : new ServiceException(fault.Code ?? error.Code, fault.Message ?? error.Message, fault.Status ?? error.Status)
            {
                QueryCode = fault.Code is null ? error.QueryCode : null,
            };
    }

    /// <summary>The error of one item of a batch.</summary>
    public static ServiceException Item(string service, bool permanent) => (service, permanent) switch
    {
        ("kinesis", false) => new("ProvisionedThroughputExceededException", "Rate exceeded for shard shardId-000000000000."),
        ("kinesis", true) => new("KMSDisabledException", "The customer master key is disabled."),
        ("firehose", false) => new("ServiceUnavailableException", "Slow down.", 503),
        ("firehose", true) => new("InvalidArgumentException", "The record cannot be delivered."),
        ("sqs", false) => new("InternalError", "We encountered an internal error. Please try again.", 500),
        ("sqs", true) => new("InvalidParameterValue", "The message cannot be accepted."),
        ("sns", false) => new("InternalError", "We encountered an internal error. Please try again.", 500),
        ("sns", true) => new("InvalidParameter", "Invalid parameter: the message cannot be accepted."),
        ("es" or "aoss", false) => new("es_rejected_execution_exception", "rejected execution of coordinating operation", 429),
        ("es" or "aoss", true) => new("mapper_parsing_exception", "failed to parse", 400),
        ("events", false) => new("ThrottlingException", "Rate exceeded"),
        ("events", true) => new("MalformedDetail", "Detail is malformed."),
        (_, false) => new("InternalFailure", "The item failed and may be sent again.", 500),
        (_, true) => new("ValidationException", "The item cannot be accepted."),
    };

    private static ServiceException Throttle(string service) => service switch
    {
        "dynamodb" => new(
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API."),
        "kinesis" => new("ProvisionedThroughputExceededException", "Rate exceeded for stream."),
        "sns" => new("Throttled", "Rate exceeded", 429),
        "sqs" => new("RequestThrottled", "The request was denied due to request throttling.") { QueryCode = "RequestThrottled" },
        "firehose" => new("ServiceUnavailableException", "Slow down.", 503),
        "iotdata" or "iotdevicegateway" => new("ThrottlingException", "Rate exceeded", 429),
        "es" or "aoss" => new("too_many_requests", "429 Too Many Requests", 429),
        "lambda" => new("TooManyRequestsException", "Rate Exceeded.", 429),
        "events" or "states" => new("ThrottlingException", "Rate exceeded"),
        "endpoint" => new("TooManyRequests", "429 Too Many Requests", 429),
        "s3" => new("SlowDown", "Please reduce your request rate.", 503),
        _ => new("Throttling", "Rate exceeded"),
    };

    private static ServiceException ServerError(string service) => service switch
    {
        "dynamodb" => new("InternalServerError", "Internal server error", 500),
        "kinesis" => new("InternalFailureException", "Internal service failure.", 500),
        "firehose" => new("ServiceUnavailableException", "The service is unavailable. Back off and retry the operation.", 503),
        "sns" or "sqs" or "s3" => new("InternalError", "We encountered an internal error. Please try again.", 500),
        "iotdata" or "iotdevicegateway" => new("InternalFailureException", "Internal failure", 500),
        "es" or "aoss" => new("service_unavailable", "503 Service Unavailable", 503),
        "lambda" => new("ServiceException", "The Lambda service encountered an internal error.", 500),
        "events" => new("InternalException", "Internal service failure.", 500),
        "monitoring" => new("InternalServiceFault", "Internal service error", 500) { QueryCode = "InternalServiceError" },
        _ => new("InternalFailure", "Internal failure", 500),
    };

    /// <summary>The error of a service for a call that is not allowed.</summary>
    public static ServiceException AccessDenied(string service) => service switch
    {
        "sns" => new("AuthorizationError", "User is not authorized to perform: SNS:Publish on the resource", 403),
        "s3" => new("AccessDenied", "Access Denied", 403),
        "sts" or "monitoring" or "iam" or "elasticache" => new("AccessDenied", "User is not authorized to perform this action", 403),
        "iotdata" or "iotdevicegateway" => new("ForbiddenException", "Forbidden", 403),
        "es" or "aoss" => new("security_exception", "User is not authorized to perform: es:ESHttpPost because no identity-based policy allows it", 403),
        "endpoint" => new("Forbidden", "403 Forbidden", 403),
        "opensearch" or "iot" => new("AccessDeniedException", "User is not authorized to perform this action on the resource", 403),
        "lambda" => new("AccessDeniedException", "User is not authorized to perform: lambda:InvokeFunction on the resource", 403),
        "sqs" => new("AccessDeniedException", "User is not authorized to perform: sqs:sendmessage on the resource") { QueryCode = "AccessDenied" },
        _ => new("AccessDeniedException", "User is not authorized to perform this action on the resource"),
    };

    private static ServiceException NotFound(string service) => service switch
    {
        "sns" => new("NotFound", "Topic does not exist", 404),
        "sqs" => new("QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = "AWS.SimpleQueueService.NonExistentQueue" },
        "iotdata" or "iotdevicegateway" or "lambda" => new("ResourceNotFoundException", "The resource does not exist.", 404),
        "es" or "aoss" => new("index_not_found_exception", "no such index", 404),
        "endpoint" => new("NotFound", "404 Not Found", 404),
        "states" => new("StateMachineDoesNotExist", "State Machine Does Not Exist"),
        "s3" => new("NoSuchBucket", "The specified bucket does not exist", 404),
        "sts" => new("AccessDenied", "User is not authorized to perform: sts:AssumeRole on the resource", 403),
        _ => new("ResourceNotFoundException", "Requested resource not found"),
    };

    private static ServiceException ExpiredToken(string service) => service switch
    {
        "s3" => new("ExpiredToken", "The provided token has expired."),
        "sns" or "sts" => new("ExpiredToken", "The security token included in the request is expired", 403),
        "es" or "aoss" or "lambda" or "iotdata" or "iotdevicegateway" => new("ExpiredTokenException", "The security token included in the request is expired", 403),
        _ => new("ExpiredTokenException", "The security token included in the request is expired"),
    };
}
