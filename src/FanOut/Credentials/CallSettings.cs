using Amazon.Runtime;

namespace FanOut.Credentials;

/// <summary>How a session's calls are made, whoever makes them.</summary>
/// <param name="Endpoints">The endpoints that are set for services.</param>
/// <param name="Sdk">What AWSSDK.Core would otherwise look up by itself.</param>
/// <param name="Http">Connections and log.</param>
/// <param name="StopToken">Cancels the calls that credentials make.</param>
internal sealed record CallSettings(ServiceEndpoints Endpoints, SdkSettings Sdk, HttpClientFactory Http, CancellationToken StopToken)
{
    /// <summary>What the user should know of how calls are made; null: nothing.</summary>
    public string? Warning { get; init; }
}
