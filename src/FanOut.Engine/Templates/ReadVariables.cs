using System.Buffers;
using System.Text;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering.Shapes;

namespace FanOut.Engine.Templates;

/// <summary>Finds out what the names between <c>&lt;</c> and <c>&gt;</c> of a template mean.</summary>
internal sealed class ReadVariables(SourceKind? kind, string sourceArn, string id)
{
    private const string Own = "fanout.";
    private const string All = "fanout.source, .mapping, .shardId, .sequenceNumber, .partitionKey, .approximateArrivalTime, .eventName and .record";

    private static readonly SearchValues<char> Names = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);
    private readonly List<TemplateValue> _values = [];

    /// <summary>Whether there is an <c>inputPathsMap</c>, which gives paths names. Default: true.</summary>
    public bool HasNames { get; init; } = true;

    /// <summary>The values that were asked for.</summary>
    public IReadOnlyList<TemplateValue> Values => _values;

    /// <summary>Where their paths lead.</summary>
    public TransformRoots Roots { get; } = new();

    /// <summary>Whether the mapping's own id is written.</summary>
    public bool UsesMapping { get; private set; }

    /// <summary>Gives a path a name.</summary>
    /// <exception cref="InvalidTransformException">The name cannot be used, or the path leads nowhere.</exception>
    public void Define(string name, string path)
    {
        if (name.Length == 0 || name.StartsWith("AWS", StringComparison.OrdinalIgnoreCase) || name.AsSpan().ContainsAnyExcept(Names))
        {
            throw new InvalidTransformException($"has a variable '{name}'; names have letters, digits, _ and -, and do not begin with AWS");
        }

        if (!path.StartsWith('$'))
        {
            throw new InvalidTransformException($"has the path '{path}' for '{name}'; a path begins with $, as $.data.id");
        }

        _ = Of(path);
        if (!_paths.TryAdd(name, path))
        {
            throw new InvalidTransformException($"has the variable '{name}' twice");
        }
    }

    /// <summary>What a name means.</summary>
    /// <param name="name">The name of a variable, of one that there is always, or a path.</param>
    /// <param name="literal">The text, UTF-8, if it is the same for all records.</param>
    /// <returns>The value, by its position in <see cref="Values"/>; -1: it is the literal.</returns>
    /// <exception cref="InvalidTransformException">It means nothing.</exception>
    public int Find(string name, out ReadOnlyMemory<byte> literal)
    {
        literal = default;
        switch (name)
        {
            case Own + "source":
                literal = Encoding.UTF8.GetBytes(sourceArn);
                return -1;
            case Own + "mapping":
                UsesMapping = true;
                literal = Encoding.UTF8.GetBytes(id);
                return -1;
        }

        if (!_found.TryGetValue(name, out int index))
        {
            index = _values.Count;
            _values.Add(Add(name));
            _found.Add(name, index);
        }

        return index;
    }

    private TemplateValue Add(string name) => name switch
    {
        Own + "shardId" => Roots.Add(ValueKind.EventField, new[] { new PathStep("eventID") }) with { Kind = ValueKind.ShardId },
        Own + "sequenceNumber" => new TemplateValue(ValueKind.SequenceNumber, -1, default),
        Own + "partitionKey" => new TemplateValue(ValueKind.PartitionKey, -1, default),
        Own + "approximateArrivalTime" => Roots.Add(ValueKind.EventField, ArrivalTime()) with { Kind = ValueKind.ArrivalTime },
        Own + "record" => new TemplateValue(ValueKind.Record, -1, default),
        Own + "eventName" => Roots.Add(ValueKind.EventField, new[] { new PathStep("eventName") }),
        _ when name.StartsWith(Own, StringComparison.Ordinal) => throw new InvalidTransformException($"asks for <{name}>; there are {All}"),
        _ when name.StartsWith("aws.", StringComparison.Ordinal) => throw new InvalidTransformException($"asks for <{name}>, which only EventBridge has; here there are {All}"),
        _ => Value(_paths.GetValueOrDefault(name) ?? name, name),
    };

    private PathStep[] ArrivalTime() => kind switch
    {
        SourceKind.DynamoDb => [new("dynamodb"), new("ApproximateCreationDateTime")],
        SourceKind.Sns => [new("Sns"), new("Timestamp")],
        _ => [new("approximateArrivalTimestamp")],
    };

    private TemplateValue Value(string path, string name)
    {
        if (path == "$")
        {
            return new TemplateValue(ValueKind.Record, -1, default);
        }

        PathStep[] steps = Of(path, name);
        return (steps[0].Name, steps.Length) switch
        {
            (RecordFields.Data, 1) => new TemplateValue(ValueKind.Data, -1, default),
            (RecordFields.Data, _) => Roots.Add(ValueKind.DataField, steps.AsMemory(1)),
            (RecordFields.PartitionKey, 1) => new TemplateValue(ValueKind.PartitionKey, -1, default),
            (RecordFields.SequenceNumber, 1) => new TemplateValue(ValueKind.SequenceNumber, -1, default),
            (RecordFields.Keys, _) => Roots.Add(ValueKind.Keys, steps.AsMemory(1)),
            (RecordFields.NewImage, _) => Roots.Add(ValueKind.NewImage, steps.AsMemory(1)),
            (RecordFields.OldImage, _) => Roots.Add(ValueKind.OldImage, steps.AsMemory(1)),
            _ => Roots.Add(ValueKind.EventField, steps),
        };
    }

    /// <summary>A path's steps, if records of the source can have something there.</summary>
    private PathStep[] Of(string path, string? name = null)
    {
        if (path == "$")
        {
            return [];
        }

        PathStep[] steps = RecordPath.Read(path);
        FieldShape? shape = kind is { } known ? RecordShapes.Of(known, sourceArn.Length > 0 ? sourceArn : null) : null;
        FieldShape? at = shape;
        foreach (PathStep step in steps)
        {
            if (at is null || step.Name is null)
            {
                break;
            }

            at = at.Find(step.Name)
                ?? throw new InvalidTransformException(
                    $"asks for '{name ?? path}', which no record of the source has; it has {string.Join(", ", shape!.Fields!.Keys)}{(name is null || !HasNames ? "" : $", and variables are named in inputPathsMap. In JSON a < that begins no name is written \\u003c")}");
        }

        return steps;
    }
}
