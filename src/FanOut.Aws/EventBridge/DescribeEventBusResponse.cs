using Amazon.Runtime;

namespace FanOut.Aws.EventBridge;

/// <summary>An event bus.</summary>
public sealed class DescribeEventBusResponse : AmazonWebServiceResponse
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>Its ARN.</summary>
    public string? Arn { get; set; }

    /// <summary>The key of AWS KMS that it is encrypted with, by its ARN, alias or id; null: a key of AWS's own.</summary>
    public string? KmsKeyIdentifier { get; set; }

    /// <summary>Its resource-based policy, as JSON; null: it has none.</summary>
    public string? Policy { get; set; }
}
