using Amazon.Runtime;
using FanOut.Aws;

namespace FanOut.Engine.Mappings;

/// <summary>The mappings of a source cannot be read, so it is not known where its records go.</summary>
public sealed class MappingsUnavailableException : Exception
{
    /// <summary>Says which table could not be read, for which source, why, and what to do.</summary>
    /// <param name="table">The table's name or ARN.</param>
    /// <param name="sourceArn">The source's ARN.</param>
    /// <param name="cause">The error of the call.</param>
    public MappingsUnavailableException(string table, string sourceArn, Exception cause)
        : base(Describe(table, sourceArn, cause), cause) => (Table, SourceArn) = (table, sourceArn);

    /// <summary>The table's name or ARN.</summary>
    public string Table { get; }

    /// <summary>The source's ARN.</summary>
    public string SourceArn { get; }

    private static string Describe(string table, string sourceArn, Exception cause)
    {
        var error = cause as AmazonServiceException;
        string reason = error is AmazonUnmarshallingException
            ? $"The answer is not one of DynamoDB: {OutsideText.Cut(cause.InnerException?.Message ?? cause.Message)}."
            : error is null
            ? OutsideText.Cut(cause.Message)
            : $"{OutsideText.Cut(error.ErrorCode ?? "", OutsideText.MostOfWord)}: {OutsideText.Cut(error.Message)} (request {OutsideText.Cut(error.RequestId ?? "", OutsideText.MostOfWord)})";
        string advice = error?.ErrorCode switch
        {
            "ResourceNotFoundException" => "Create the table, or name the right one in FANOUT_TABLE.",
            "AccessDeniedException" => "Allow the function's role dynamodb:Query on the table.",
            _ when error is AmazonUnmarshallingException => "Check what is between the function and DynamoDB, such as AWS_ENDPOINT_URL_DYNAMODB. The table is read again with the next batch.",
            _ => "The table is read again with the next batch.",
        };
        return $"The mappings of {sourceArn} cannot be read from table {table}. {reason} {advice}";
    }
}
