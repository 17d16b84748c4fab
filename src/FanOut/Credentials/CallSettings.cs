using Amazon.Runtime;

namespace FanOut.Credentials;

/// <summary>How a session's calls are made, whoever makes them.</summary>
/// <param name="Endpoints">The endpoints that are set for services.</param>
/// <param name="Http">Connections and log.</param>
/// <param name="StopToken">Cancels the calls that credentials make.</param>
internal sealed record CallSettings(ServiceEndpoints Endpoints, HttpClientFactory Http, CancellationToken StopToken);
