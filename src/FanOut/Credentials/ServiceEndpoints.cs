using System.Collections.Concurrent;
using FanOut.Credentials.Profiles;
using FanOut.Errors;

namespace FanOut.Credentials;

/// <summary>The endpoint that is set for a service instead of the region's own.</summary>
/// <remarks>
/// The order of the AWS SDKs (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html): <c>-EndpointUrl</c>,
/// <c>AWS_ENDPOINT_URL_(SERVICE)</c>, <c>AWS_ENDPOINT_URL</c>, the <c>services</c> section of the profile, its <c>endpoint_url</c>.
/// AWSSDK.Core would read the profile of AWS_PROFILE, which need not be the one that is used.
/// </remarks>
/// <param name="given"><c>-EndpointUrl</c>.</param>
/// <param name="profile">The profile that is used.</param>
/// <param name="environment">The environment's variables.</param>
internal sealed class ServiceEndpoints(Uri? given, Profile? profile, Func<string, string?> environment)
{
    private readonly ConcurrentDictionary<string, string> _origins = new();

    /// <summary>Where an endpoint was set that <see cref="Of"/> has given: <c>AWS_ENDPOINT_URL</c>; null: nowhere.</summary>
    /// <param name="address">An address at the endpoint.</param>
    public string? OriginOf(Uri address) => _origins.GetValueOrDefault(address.Authority);

    /// <summary>The endpoint of a service.</summary>
    /// <param name="serviceId">The service: <c>DynamoDB</c>, <c>IoT Data Plane</c>.</param>
    /// <returns>Null: the region's own.</returns>
    /// <exception cref="FanOutException">InvalidEndpoint: it is not an http or https URL.</exception>
    public Uri? Of(string serviceId)
    {
        if (given is not null)
        {
            return Checked("-EndpointUrl", given.OriginalString);
        }

        if (IsTrue(environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) || IsTrue(profile?["ignore_configured_endpoint_urls"]))
        {
            return null;
        }

        string id = serviceId.Replace(' ', '_').Replace('-', '_');
        string variable = "AWS_ENDPOINT_URL_" + id.ToUpperInvariant();
        return Named(variable, environment(variable))
            ?? Named("AWS_ENDPOINT_URL", environment("AWS_ENDPOINT_URL"))
            ?? Named($"endpoint_url of {id} of the profile '{profile?.Name}'", profile?[id + IniFile.Nested + "endpoint_url"])
            ?? Named($"endpoint_url of the profile '{profile?.Name}'", profile?["endpoint_url"]);
    }

    private Uri? Named(string where, string? text) => string.IsNullOrEmpty(text) ? null : Checked(where, text);

    private Uri Checked(string where, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            throw FanOutError.InvalidEndpoint(where, text);
        }

        _origins.TryAdd(uri.Authority, where);
        return uri;
    }

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
