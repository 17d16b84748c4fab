using Amazon.Runtime;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Opens a session: finds the credentials and the region.</summary>
internal static class OpenSession
{
    /// <summary>Opens it; nothing is called but what the credentials' source itself asks for.</summary>
    /// <exception cref="FanOutException">No credentials, or no region.</exception>
    public static AwsSession Of(SessionRequest request, CallLog log, TimeProvider time)
    {
        Caller caller = ResolveCredentials.Of(request);
        string region = ResolveRegion.Of(request);
        var http = new SessionHttpClientFactory(log, !request.NoVerifySsl, time);
        return new AwsSession(caller, region, request.EndpointUrl, http).Owning(http);
    }
}
