using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.Endpoints;

/// <summary>Endpoints of others, which take what is posted to them: <c>POST /endpoints/{name}</c>, without a signature.</summary>
/// <remarks>They are called over plain HTTP, as all of the cloud: who wants TLS puts it before them.</remarks>
public sealed class EndpointService : IService
{
    /// <summary>What the service is called in faults and in the log of calls.</summary>
    public const string Name = "endpoint";

    private const string Prefix = "/endpoints/";
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    internal EndpointService()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = [Name];

    /// <summary>Every request that was taken; the destination is the endpoint's name, the headers are the attributes.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>Makes an endpoint.</summary>
    /// <returns>Its path.</returns>
    public string Add(string name)
    {
        _names[name] = true;
        return Prefix + name;
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return new CallSubject(serviceCall.Request.Method, Uri.UnescapeDataString(serviceCall.Request.Path[Prefix.Length..]));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return Task.FromResult(Answer(serviceCall));
    }

    // A bucket of S3 may have that name too, but its requests are signed.
    internal static bool Owns(HttpRequest request) => request.Path.StartsWith(Prefix, StringComparison.Ordinal)
        && request.Header("Authorization")?.StartsWith("AWS4-", StringComparison.Ordinal) != true;

    private HttpResponse Answer(ServiceCall call)
    {
        if (!_names.ContainsKey(call.Destination!))
        {
            throw new ServiceException("NotFound", $"There is no endpoint '{call.Destination}'.", 404);
        }

        if (call.Request.Method != "POST")
        {
            throw new ServiceException("MethodNotAllowed", $"{call.Request.Method} is not allowed here.", 405);
        }

        Received.Add(new Arrival(call.Destination!, call.Number, call.Time, call.Request.Body)
        {
            Id = call.Request.Header("Idempotency-Key") ?? "",
            Key = call.Request.Header("X-FanOut-Key"),
            Attributes = call.Request.Headers,
        });
        return new HttpResponse { Status = 204 };
    }
}
