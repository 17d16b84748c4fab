using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.EventBridge;

/// <summary>EventBridge: event buses, which keep what they get; there are no rules, so it goes nowhere. Each account and region has the bus <c>default</c>.</summary>
public sealed class EventBridgeService : IService
{
    private const string DefaultBus = "default";
    private const string Prefix = "event-bus/";

    private readonly ConcurrentDictionary<string, StoredEventBus> _buses = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;

    internal EventBridgeService(CloudOptions options)
    {
        _options = options;
        EventWrites writes = new(this);
        _operations = new()
        {
            ["CreateEventBus"] = Create,
            ["DeleteEventBus"] = Delete,
            ["DescribeEventBus"] = Describe,
            ["ListEventBuses"] = List,
            ["PutEvents"] = writes.Put,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["events"];

    /// <summary>
    /// Every event that was accepted, by its detail; the destination is the bus's ARN. Its attributes are <c>source</c>, <c>detail-type</c>, <c>time</c> (in the
    /// form of EventBridge's events) and <c>resources</c> (with commas between them).
    /// </summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>Makes an event bus.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <exception cref="ServiceException">ResourceAlreadyExistsException: it exists already.</exception>
    public StoredEventBus CreateEventBus(string name, string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        StoredEventBus bus = new(ArnOf(name, region ?? _options.Region, accountId ?? _options.AccountId), _options.TimeProvider.GetUtcNow());
        return name != DefaultBus && _buses.TryAdd(bus.Arn, bus) ? bus : throw new ServiceException("ResourceAlreadyExistsException", $"Event bus {name} already exists.");
    }

    /// <summary>Removes an event bus; nothing happens when there is none with this ARN.</summary>
    public void DeleteEventBus(string arn) => _buses.TryRemove(arn, out _);

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string operation = serviceCall.NamedOperation();
        return new CallSubject(operation, operation == "PutEvents" ? EventWrites.BusesOf(serviceCall).FirstOrDefault()
            : serviceCall.Json.Text("Name") is { } name ? Resolve(serviceCall, name) : null);
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    /// <summary>The ARN of the bus that a call names, by name or ARN.</summary>
    internal static string Resolve(ServiceCall call, string? name) =>
        name?.StartsWith("arn:", StringComparison.Ordinal) == true ? name : ArnOf(name ?? DefaultBus, call.Region, call.AccountId);

    /// <summary>The bus with an ARN; null: there is none.</summary>
    internal StoredEventBus? Find(string arn) =>
        _buses.TryGetValue(arn, out StoredEventBus? bus) ? bus
        : ArnText.Part(arn, 5) == Prefix + DefaultBus ? new StoredEventBus(arn, _options.TimeProvider.GetUtcNow())
        : null;

    private HttpResponse Create(ServiceCall call)
    {
        StoredEventBus bus = CreateEventBus(call.Json.RequiredText("Name"), call.Region, call.AccountId);
        return JsonAnswer.Of(json => json.WriteString("EventBusArn", bus.Arn));
    }

    private HttpResponse Delete(ServiceCall call)
    {
        DeleteEventBus(call.Destination!);
        return JsonAnswer.Empty;
    }

    private HttpResponse Describe(ServiceCall call)
    {
        string arn = Resolve(call, call.Json.Text("Name"));
        StoredEventBus bus = Find(arn) ?? throw new ServiceException("ResourceNotFoundException", $"Event bus {arn[(arn.IndexOf('/', StringComparison.Ordinal) + 1)..]} does not exist.");
        return JsonAnswer.Of(json =>
        {
            json.WriteString("Name", bus.Name);
            json.WriteString("Arn", bus.Arn);
            json.WriteNumber("CreationTime", JsonAnswer.EpochSeconds(bus.Created));
            json.WriteNumber("LastModifiedTime", JsonAnswer.EpochSeconds(bus.Created));
        });
    }

    private HttpResponse List(ServiceCall call)
    {
        string after = call.Json.Text("NextToken") ?? "";
        int limit = call.Json.Number("Limit") ?? 100;
        StoredEventBus[] rest =
        [
            .. _buses.Values
                .Where(bus => ArnText.Part(bus.Arn, 3) == call.Region && ArnText.Part(bus.Arn, 4) == call.AccountId)
                .Append(Find(Resolve(call, null))!)
                .OrderBy(bus => bus.Name, StringComparer.Ordinal)
                .Where(bus => string.CompareOrdinal(bus.Name, after) > 0),
        ];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("EventBuses");
            foreach (StoredEventBus bus in rest.Take(limit))
            {
                json.WriteStartObject();
                json.WriteString("Name", bus.Name);
                json.WriteString("Arn", bus.Arn);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (rest.Length > limit)
            {
                json.WriteString("NextToken", rest[limit - 1].Name);
            }
        });
    }

    private static string ArnOf(string name, string region, string accountId) => ArnText.Of("events", region, accountId, Prefix + name);
}
