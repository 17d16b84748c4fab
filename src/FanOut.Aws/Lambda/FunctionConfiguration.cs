using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A function's settings; members that the answer does not have are null.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html. In the AWSSDK each response has these members itself;
/// here the responses inherit them.
/// </remarks>
public class FunctionConfiguration : AmazonWebServiceResponse
{
    /// <summary>The function's name.</summary>
    public string? FunctionName { get; set; }

    /// <summary>Its ARN, with the qualifier that was asked for.</summary>
    public string? FunctionArn { get; set; }

    /// <summary>Its description.</summary>
    public string? Description { get; set; }

    /// <summary>ARN of the role that it runs with.</summary>
    public string? Role { get; set; }

    /// <summary>Its runtime, such as <c>provided.al2023</c>.</summary>
    public string? Runtime { get; set; }

    /// <summary>The handler; of a custom runtime the program's name.</summary>
    public string? Handler { get; set; }

    /// <summary><c>Pending</c>, <c>Active</c>, <c>Inactive</c> or <c>Failed</c>.</summary>
    public string? State { get; set; }

    /// <summary>Why it is in its state, in words.</summary>
    public string? StateReason { get; set; }

    /// <summary>Why it is in its state: <c>Creating</c>, <c>InvalidSubnet</c> …</summary>
    public string? StateReasonCode { get; set; }

    /// <summary>The last change: <c>InProgress</c>, <c>Successful</c> or <c>Failed</c>.</summary>
    public string? LastUpdateStatus { get; set; }

    /// <summary>Why the last change has its status, in words.</summary>
    public string? LastUpdateStatusReason { get; set; }

    /// <summary>Why the last change has its status: <c>EniLimitExceeded</c>, <c>InvalidSubnet</c> …</summary>
    public string? LastUpdateStatusReasonCode { get; set; }

    /// <summary>Memory in MB.</summary>
    public int? MemorySize { get; set; }

    /// <summary>How long an invocation may last, in seconds.</summary>
    public int? Timeout { get; set; }

    /// <summary>SHA-256 of the deployment package, in base64.</summary>
    public string? CodeSha256 { get; set; }

    /// <summary>Size of the deployment package in bytes.</summary>
    public long? CodeSize { get; set; }

    /// <summary>The version: <c>$LATEST</c> or a number.</summary>
    public string? Version { get; set; }

    /// <summary><c>x86_64</c> or <c>arm64</c>; one item.</summary>
    public List<string>? Architectures { get; set; }

    /// <summary>When it was last changed, ISO 8601 as the service writes it.</summary>
    public string? LastModified { get; set; }

    /// <summary>Changes with every change: see <see cref="UpdateFunctionConfigurationRequest.RevisionId"/>.</summary>
    public string? RevisionId { get; set; }

    /// <summary><c>Zip</c> or <c>Image</c>.</summary>
    public string? PackageType { get; set; }

    /// <summary>Its environment variables.</summary>
    public EnvironmentResponse? Environment { get; set; }

    /// <summary>The VPC it is connected to.</summary>
    public VpcConfigDetail? VpcConfig { get; set; }

    /// <summary>ARN of the key that encrypts the environment variables; null: Lambda's own key.</summary>
    public string? KMSKeyArn { get; set; }

    /// <summary>Where and how it logs.</summary>
    public LoggingConfig? LoggingConfig { get; set; }

    /// <summary>Whether its invocations are traced.</summary>
    public TracingConfigResponse? TracingConfig { get; set; }

    /// <summary>The layers that it has.</summary>
    public List<Layer>? Layers { get; set; }
}
