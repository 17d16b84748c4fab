using System.Collections.Concurrent;
using System.Globalization;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Lambda.Deployment;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>The operations on event source mappings (https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html).</summary>
internal sealed class EventSourceMappingOperations(FunctionRegistry functions, FunctionHost? host, LambdaServiceOptions options) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, EventSourceMappingEntry> _entries = new();
    private readonly ConcurrentQueue<DiscardedBatch> _discarded = new();
    private readonly object _adding = new();

    public IReadOnlyDictionary<string, EventSourceMapping> ById => _entries.Values.ToDictionary(entry => entry.Id, entry => entry.EventSourceMapping);

    public IReadOnlyCollection<DiscardedBatch> Discarded => [.. _discarded];

    public HttpResponse Create(ServiceCall call)
    {
        var request = call.Json;
        var source = request.Text("EventSourceArn") ?? throw EventSourceMappingRequest.Invalid("EventSourceArn is required.");
        var name = FunctionName.Parse(request.Text("FunctionName") ?? throw EventSourceMappingRequest.Invalid("FunctionName is required."));
        var settings = EventSourceMappingRequest.Create(request, new() { RetryBaseDelay = options.RetryBaseDelay });
        var enabled = request.Field("Enabled") is null || request.Flag("Enabled");
        var entry = Add(source, name, call.Region, call.AccountId, settings, EventSourceMappingRequest.Destination(request), enabled);
        return Answer(entry, EventSourceMappingState.Creating, 202);
    }

    public EventSourceMappingEntry Add(
        string eventSourceArn, FunctionName name, string region, string accountId, EventSourceMappingOptions settings, string? destination, bool enabled)
    {
        var function = functions.Find(name, region, accountId);
        var functionArn = name.Qualifier is null ? function.Arn : $"{function.Arn}:{name.Qualifier}";
        var consumer = eventSourceArn.IndexOf("/consumer/", StringComparison.Ordinal);
        var stream = options.FindStream(consumer < 0 ? eventSourceArn : eventSourceArn[..consumer])
            ?? throw EventSourceMappingRequest.Invalid($"Stream not found: {eventSourceArn}");
        host?.Role.CheckSource(function.Configuration.Role, stream.Arn, eventSourceArn);
        if (!string.IsNullOrEmpty(destination))
        {
            host?.Role.CheckDestination(function.Configuration.Role, destination);
        }

        var id = Guid.NewGuid().ToString();
        lock (_adding)
        {
            if (_entries.Values.FirstOrDefault(other => other.EventSourceArn == eventSourceArn && other.EventSourceMapping.FunctionArn == functionArn) is { } twin)
            {
                throw new ServiceException(
                    "ResourceConflictException",
                    $"The event source arn (\" {eventSourceArn} \") and function (\" {name.Name} \") provided mapping already exists. Please update or delete the existing mapping with UUID {twin.Id}",
                    409);
            }

            EventSourceMappingEntry? entry = null;
            settings = settings with
            {
                OnFailure = DiscardAsync(settings.OnFailure, () => entry),
                OnIteratorAge = settings.OnIteratorAge + (age => IteratorAge.Publish(options, entry!.EventSourceMapping.FunctionArn, age)),
            };
            entry = new(
                id,
                ArnText.Of("lambda", region, accountId, $"event-source-mapping:{id}"),
                eventSourceArn,
                Make(stream, functionArn, settings))
            {
                Destination = string.IsNullOrEmpty(destination) ? null : destination,
                LastModified = options.TimeProvider.GetUtcNow(),
            };
            _entries[id] = entry;
            entry.Change(EventSourceMappingState.Creating, WaitAsync, () => enabled ? entry.EventSourceMapping.EnableAsync() : entry.EventSourceMapping.DisableAsync());
            return entry;
        }
    }

    public HttpResponse Get(ServiceCall call)
    {
        var entry = Find(call);
        return Answer(entry, entry.State, 200);
    }

    public HttpResponse List(ServiceCall call)
    {
        var source = call.Request.QueryValue("EventSourceArn");
        var function = call.Request.QueryValue("FunctionName") is { } name ? ArnOf(FunctionName.Parse(name), call) : null;
        var most = int.TryParse(call.Request.QueryValue("MaxItems"), CultureInfo.InvariantCulture, out var items) ? Math.Clamp(items, 1, 100) : 100;
        var after = call.Request.QueryValue("Marker") ?? "";
        var found = _entries.Values
            .Where(entry => IsVisible(entry, call))
            .Where(entry => source is null || entry.EventSourceArn == source)
            .Where(entry => function is null || entry.EventSourceMapping.FunctionArn == function)
            .Where(entry => string.CompareOrdinal(entry.Id, after) > 0)
            .OrderBy(entry => entry.Id, StringComparer.Ordinal)
            .Take(most + 1)
            .ToArray();
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartArray("EventSourceMappings");
                foreach (var entry in found.Take(most))
                {
                    json.WriteStartObject();
                    EventSourceMappingWriter.Write(json, entry, entry.State);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (found.Length > most)
                {
                    json.WriteString("NextMarker", found[most - 1].Id);
                }
            },
            contentType: "application/json");
    }

    public HttpResponse Update(ServiceCall call)
    {
        var entry = Find(call);
        var request = call.Json;
        var functionArn = request.Text("FunctionName") is { } name ? Target(FunctionName.Parse(name), call) : entry.EventSourceMapping.FunctionArn;
        var settings = EventSourceMappingRequest.Apply(request, entry.EventSourceMapping.Settings);
        var destination = EventSourceMappingRequest.Destination(request);
        if (!string.IsNullOrEmpty(destination))
        {
            host?.Role.CheckDestination(RoleOf(functionArn), destination);
        }

        var enabled = request.Field("Enabled") is null ? (bool?)null : request.Flag("Enabled");
        var updating = settings != entry.EventSourceMapping.Settings || functionArn != entry.EventSourceMapping.FunctionArn;
        var meanwhile = (enabled, updating) switch
        {
            (_, true) or (null, _) => EventSourceMappingState.Updating,
            (true, _) => EventSourceMappingState.Enabling,
            _ => EventSourceMappingState.Disabling,
        };
        entry.Change(meanwhile, WaitAsync, async () =>
        {
            entry.Destination = destination is null ? entry.Destination : destination.Length > 0 ? destination : null;
            entry.LastModified = options.TimeProvider.GetUtcNow();
            if (enabled == false)
            {
                await entry.EventSourceMapping.DisableAsync().ConfigureAwait(false);
            }

            if (updating)
            {
                await entry.EventSourceMapping.UpdateAsync(settings, new FunctionByArn(functions, functionArn), functionArn).ConfigureAwait(false);
            }

            if (enabled == true)
            {
                await entry.EventSourceMapping.EnableAsync().ConfigureAwait(false);
            }
        });
        return Answer(entry, meanwhile, 202);
    }

    public HttpResponse Delete(ServiceCall call)
    {
        var entry = Find(call);
        entry.Change(EventSourceMappingState.Deleting, WaitAsync, async () =>
        {
            // As in Lambda, an invocation in progress is not disturbed.
            await entry.EventSourceMapping.DisableAsync().ConfigureAwait(false);
            await entry.EventSourceMapping.DisposeAsync().ConfigureAwait(false);
            _entries.TryRemove(entry.Id, out _);
        });
        return Answer(entry, EventSourceMappingState.Deleting, 202);
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_entries.Values.Select(entry => entry.EventSourceMapping.DisposeAsync().AsTask())).ConfigureAwait(false);

    private EventSourceMapping Make(Streams.EventStream stream, string functionArn, EventSourceMappingOptions settings)
    {
        try
        {
            return new(stream, new FunctionByArn(functions, functionArn), functionArn, settings, options.TimeProvider);
        }
        catch (ArgumentException e)
        {
            throw EventSourceMappingRequest.Invalid(e.Message);
        }
    }

    private Func<DiscardedBatch, Task> DiscardAsync(Func<DiscardedBatch, Task>? also, Func<EventSourceMappingEntry?> entry) => async given =>
    {
        DiscardedBatch batch = given with { EventSourceMappingId = entry()?.Id };
        _discarded.Enqueue(batch);
        if (also is not null)
        {
            await also(batch).ConfigureAwait(false);
        }

        if (entry()?.Destination is { } arn && options.SendToDestination is { } send && host?.Role.MaySend(RoleOf(batch.FunctionArn), arn) != false)
        {
            await send(arn, batch).ConfigureAwait(false);
        }
    };

    private Task WaitAsync() => options.TransitionTime > TimeSpan.Zero
        ? Task.Delay(options.TransitionTime, options.TimeProvider, CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>The ARN, with the alias or version, of the function that a caller means.</summary>
    private string Target(FunctionName name, ServiceCall call)
    {
        functions.Find(name, call.Region, call.AccountId);
        return ArnOf(name, call);
    }

    private string? RoleOf(string functionArn) => functions.All.FirstOrDefault(function => functionArn == function.Arn || functionArn.StartsWith($"{function.Arn}:", StringComparison.Ordinal))?.Configuration.Role;

    // Event source mappings stay when their function is deleted, and can still be listed by its name.
    private static string ArnOf(FunctionName name, ServiceCall call)
    {
        var arn = FunctionRegistry.ArnOf(name, call.Region, call.AccountId);
        return name.Qualifier is null ? arn : $"{arn}:{name.Qualifier}";
    }

    private EventSourceMappingEntry Find(ServiceCall call) => _entries.TryGetValue(call.Destination!, out var entry) && IsVisible(entry, call)
        ? entry
        : throw new ServiceException("ResourceNotFoundException", "The resource you requested does not exist.", 404);

    private static bool IsVisible(EventSourceMappingEntry entry, ServiceCall call) =>
        ArnText.Part(entry.Arn, 3) == call.Region && ArnText.Part(entry.Arn, 4) == call.AccountId;

    private static HttpResponse Answer(EventSourceMappingEntry entry, EventSourceMappingState state, int status) =>
        JsonAnswer.Of(json => EventSourceMappingWriter.Write(json, entry, state), status, "application/json");
}
