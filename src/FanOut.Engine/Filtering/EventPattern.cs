using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;
using FanOut.Engine.Filtering.Matching;
using FanOut.Engine.Filtering.Syntax;
using FanOut.Engine.Json;

namespace FanOut.Engine.Filtering;

/// <summary>An event pattern of EventBridge, compiled once. Matching goes through the JSON once and allocates nothing.</summary>
/// <remarks>
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"/>: exact values, <c>prefix</c>, <c>suffix</c>,
/// <c>anything-but</c>, <c>numeric</c>, <c>exists</c>, <c>equals-ignore-case</c>, <c>wildcard</c>, <c>cidr</c>, <c>exactly</c> and <c>$or</c>.
/// May be used by several threads.
/// </remarks>
public sealed class EventPattern
{
    private const int OnStack = 512;

    private readonly LevelField _event;
    private readonly int _slots;

    private EventPattern(Level root, int slots)
    {
        // The event as if it were the field of an object, whose outcomes stand behind all others.
        _event = new LevelField([], [], root, [.. Enumerable.Range(slots, root.Outcomes.Length)]);
        _slots = slots + root.Outcomes.Length;
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="json">The pattern: an object.</param>
    /// <param name="pattern">The pattern, when the answer is true.</param>
    /// <param name="problem">Else what is wrong with it and where: a sentence without its subject and full stop.</param>
    public static bool TryParse(string json, [NotNullWhen(true)] out EventPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(json);
        pattern = ReadPattern.TryRead(json, out IReadOnlyList<Alternative>? read, out problem) ? new EventPattern(CompilePattern.Of(read, out int slots), slots) : null;
        return pattern is not null;
    }

    /// <summary>Whether an event matches. What is not one JSON value matches no pattern; of an array any element may match.</summary>
    /// <param name="json">Any bytes.</param>
    public bool Matches(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        byte[]? rented = _slots > OnStack ? ArrayPool<byte>.Shared.Rent(_slots) : null;
        Span<byte> state = (rented ?? stackalloc byte[OnStack])[.._slots];
        state.Clear();
        bool matches = Matches(json, state);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return matches;
    }

    private bool Matches(ReadOnlySpan<byte> json, Span<byte> state)
    {
        scoped var cursor = new JsonCursor(json);
        if (!new ReadEvent(state).TryValue(_event, ref cursor) || !cursor.IsAtEnd())
        {
            return false;
        }

        // JSON without any object, such as a number or an array of numbers, is judged like an object without fields.
        ReadOnlySpan<byte> outcomes = state[(_slots - _event.Child!.Outcomes.Length)..];
        return outcomes[0] == 0 ? _event.Child.HoldsAny(state) : outcomes.Contains((byte)(Slot.Seen | Slot.Matched));
    }
}
