using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>An alias; members that the answer does not have are null.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/lambda/latest/api/API_AliasConfiguration.html. In the AWSSDK each response has these members
/// itself; here the responses inherit them.
/// </remarks>
public class AliasConfiguration : AmazonWebServiceResponse
{
    /// <summary>Its ARN.</summary>
    public string? AliasArn { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>The version that it names.</summary>
    public string? FunctionVersion { get; set; }

    /// <summary>Its description.</summary>
    public string? Description { get; set; }

    /// <summary>Which share of its invocations goes to another version, if any.</summary>
    public AliasRoutingConfiguration? RoutingConfig { get; set; }

    /// <summary>Changes with every change: see <see cref="UpdateAliasRequest.RevisionId"/>.</summary>
    public string? RevisionId { get; set; }
}
