using Amazon.Runtime;
using FanOut.Errors;

namespace FanOut.Local.Streams;

/// <summary>What a call that failed means for reading on.</summary>
internal static class ReadFaults
{
    /// <summary>Whether it was refused because too much was asked for: it goes on, only later.</summary>
    public static bool IsThrottling(Exception exception) => exception is AmazonServiceException
    {
        ErrorCode: "ProvisionedThroughputExceededException" or "LimitExceededException" or "ThrottlingException" or "Throttling" or "RequestLimitExceeded" or "KMSThrottlingException",
    };

    /// <summary>Whether it may pass: nobody answered, or the service is in trouble. Reading twice does no harm.</summary>
    public static bool MayPass(Exception exception) => exception switch
    {
        AmazonServiceException service => (int)service.StatusCode >= 500,
        FanOutException own => own.ErrorId is "NoAnswer" or "EndpointUnreachable",
        AmazonUnmarshallingException or HttpRequestException or IOException => true,
        _ => false,
    };
}
