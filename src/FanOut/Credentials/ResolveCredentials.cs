using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>Finds who calls.</summary>
internal static class ResolveCredentials
{
    public static Caller Of(SessionRequest request)
    {
        if (request.AccessKey is { Length: > 0 } key)
        {
            return new Caller(
                request.SessionToken is { Length: > 0 } token ? new SessionAWSCredentials(key, request.SecretKey, token) : new BasicAWSCredentials(key, request.SecretKey),
                $"access key {key}");
        }

        return new Caller(new EnvironmentVariablesAWSCredentials(), "the environment");
    }
}
