using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Streams;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>A table: items in DynamoDB's typed JSON, and a stream of their changes when it was made with one.</summary>
public sealed class DynamoTable
{
    private const int MostItemBytes = 400 * 1024;

    private readonly object _gate = new();
    private readonly SortedDictionary<ItemKey, JsonObject> _items = [];
    private readonly Dictionary<string, string> _tags = [];
    private readonly List<KinesisDestination> _destinations = [];
    private readonly TimeProvider _time;

    internal DynamoTable(string arn, KeySchema schema, string? streamView, int streamShards, TimeProvider time)
    {
        (Arn, Schema, _time, Created) = (arn, schema, time, time.GetUtcNow());
        Stream = streamView is null ? null : new TableStream(arn, streamView, schema, streamShards, Created);
    }

    /// <summary>The table's ARN.</summary>
    public string Arn { get; }

    /// <summary>The table's name.</summary>
    public string Name => DestinationName.Short(Arn);

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The stream of its changes; null when it was made without one.</summary>
    public EventStream? EventStream => Stream?.Source;

    /// <summary>How many items it holds.</summary>
    public int Count
    {
        get { lock (_gate) { return _items.Count; } }
    }

    /// <summary>The items in DynamoDB's typed JSON, for example <c>{"id": {"S": "1"}}</c>; copies, in the order of a scan.</summary>
    public IReadOnlyList<JsonObject> Items
    {
        get { lock (_gate) { return [.. _items.Values.Select(item => item.DeepClone().AsObject())]; } }
    }

    /// <summary>The attribute that holds the time to live; null while none is set.</summary>
    public string? TimeToLiveAttribute { get; internal set; }

    /// <summary>Whether it is protected against deletion.</summary>
    public bool IsProtected { get; internal set; }

    /// <summary>Whether it can be recovered to a point in time.</summary>
    public bool IsRecoverable { get; internal set; }

    /// <summary>Its tags; a copy.</summary>
    public IReadOnlyDictionary<string, string> Tags
    {
        get { lock (_gate) { return new Dictionary<string, string>(_tags); } }
    }

    /// <summary>Closes each shard of its stream and has another one follow it, as DynamoDB does every few hours.</summary>
    public void RollStream()
    {
        lock (_gate)
        {
            Stream?.Roll(_time.GetUtcNow());
        }
    }

    /// <summary>All shards of its stream, closed ones too; empty without one.</summary>
    public IReadOnlyList<EventShard> StreamShards => Stream?.Shards ?? [];

    internal KeySchema Schema { get; }

    /// <summary>The Kinesis streams to which it streams its changes, those that were disabled too.</summary>
    internal IReadOnlyList<KinesisDestination> KinesisDestinations
    {
        get { lock (_gate) { return [.. _destinations]; } }
    }

    /// <summary>Streams its changes to a Kinesis stream from now on.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="isExact">Whether times have microseconds; otherwise milliseconds.</param>
    /// <returns>Whether it did not do so before.</returns>
    public bool TryStreamTo(Kinesis.KinesisStream stream, bool isExact = true)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_gate)
        {
            if (_destinations.Exists(d => d.StreamArn == stream.Arn && d.IsActive))
            {
                return false;
            }

            _destinations.RemoveAll(d => d.StreamArn == stream.Arn);
            _destinations.Add(new KinesisDestination(Name, Schema, stream, isExact));
            return true;
        }
    }

    internal TableStream? Stream { get; }

    internal void Tag(IReadOnlyDictionary<string, string> tags)
    {
        lock (_gate)
        {
            foreach ((string key, string value) in tags)
            {
                _tags[key] = value;
            }
        }
    }

    /// <summary>Puts an item directly, without a call over the API.</summary>
    /// <param name="itemJson">The item in DynamoDB's typed JSON.</param>
    /// <exception cref="ServiceException">ValidationException: it is not an item of this table.</exception>
    public void Put(string itemJson)
    {
        JsonObject item = Parse(itemJson);
        Change(Schema.OfItem(item), _ => item);
    }

    /// <summary>Deletes an item directly, without a call over the API; nothing happens if it does not exist.</summary>
    /// <param name="keyJson">Its key in DynamoDB's typed JSON.</param>
    public void Delete(string keyJson) => Change(Schema.OfKey(Parse(keyJson)), _ => null);

    /// <summary>Deletes an item like the time to live: the stream's record tells that the service did it.</summary>
    /// <param name="keyJson">Its key in DynamoDB's typed JSON.</param>
    internal void Expire(string keyJson) => Change(Schema.OfKey(Parse(keyJson)), _ => null, expired: true);

    internal JsonObject? Get(ItemKey key)
    {
        lock (_gate)
        {
            return _items.GetValueOrDefault(key);
        }
    }

    /// <summary>Replaces an item atomically by the result of <paramref name="change"/>; null deletes it.</summary>
    /// <remarks>Items are never changed in place: <paramref name="change"/> returns another object or the same one.</remarks>
    internal (JsonObject? Before, JsonObject? After) Change(ItemKey key, Func<JsonObject?, JsonObject?> change, bool expired = false)
    {
        lock (_gate)
        {
            JsonObject? before = _items.GetValueOrDefault(key);
            JsonObject? after = change(before);
            if (after is null)
            {
                _items.Remove(key);
            }
            else if (AttributeValues.Size(after) > MostItemBytes)
            {
                throw new ServiceException("ValidationException", "Item size has exceeded the maximum allowed size");
            }
            else
            {
                _items[key] = after;
            }

            // A write that changes nothing leaves no record in the stream.
            bool changed = before is null ? after is not null : after is null || !AttributeValues.AreEqual(before, after);
            if (changed)
            {
                DateTimeOffset now = _time.GetUtcNow();
                Stream?.Append(before, after, now, expired);
                foreach (KinesisDestination destination in _destinations.Where(static d => d.IsActive))
                {
                    destination.Put(before, after, now, expired);
                }
            }

            return (before, after);
        }
    }

    /// <summary>Does several things while nobody else reads or changes the table.</summary>
    internal void Locked(Action work)
    {
        lock (_gate)
        {
            work();
        }
    }

    /// <summary>The items in order; a copy of the list, not of the items.</summary>
    internal IReadOnlyList<KeyValuePair<ItemKey, JsonObject>> Snapshot()
    {
        lock (_gate)
        {
            return [.. _items];
        }
    }

    private static JsonObject Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = AttributeValues.MaxJsonDepth });
        return AttributeValues.ReadItem(document.RootElement);
    }
}
