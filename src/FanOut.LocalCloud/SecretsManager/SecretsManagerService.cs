using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.SecretsManager;

/// <summary>Secrets Manager: secrets with one value each, which can be read and described.</summary>
public sealed class SecretsManagerService : IService
{
    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;

    internal SecretsManagerService(CloudOptions options)
    {
        _options = options;
        _operations = new()
        {
            ["GetSecretValue"] = call => Found(call, json => json.WriteString("SecretString", _values[call.Destination!])),
            ["DescribeSecret"] = call => Found(call, static _ => { }),
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["secretsmanager"];

    /// <summary>Makes a secret, or gives one another value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, a text.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <returns>Its ARN.</returns>
    public string Put(string name, string value, string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        // Secrets Manager adds six characters of its choice to the name.
        string arn = ArnText.Of("secretsmanager", region ?? _options.Region, accountId ?? _options.AccountId, $"secret:{name}-a1B2c3");
        _values[arn] = value;
        return arn;
    }

    /// <summary>Removes a secret; nothing happens when there is none with this ARN.</summary>
    public void Remove(string arn) => _values.TryRemove(arn, out _);

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string? id = serviceCall.Json.Text("SecretId");
        return new CallSubject(
            serviceCall.NamedOperation(),
            id is null || id.StartsWith("arn:", StringComparison.Ordinal) ? id : ArnText.Of("secretsmanager", serviceCall.Region, serviceCall.AccountId, $"secret:{id}-a1B2c3"));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    private HttpResponse Found(ServiceCall call, Action<System.Text.Json.Utf8JsonWriter> write)
    {
        string arn = call.Destination ?? throw new ServiceException("InvalidParameterException", "You must provide a value for the SecretId parameter.");
        return !_values.ContainsKey(arn) ? throw new ServiceException("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
            : JsonAnswer.Of(
                json =>
                {
                    json.WriteString("ARN", arn);
                    json.WriteString("Name", arn[(arn.LastIndexOf(':') + 1)..^7]);
                    write(json);
                },
                200,
                "application/x-amz-json-1.1");
    }
}
