using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

/// <summary>A function in memory: remembers the sequence numbers of each event it got and answers as a test says.</summary>
internal sealed class ScriptedFunction(Func<int[], Task<InvocationResult>> answer) : IFunctionInvoker
{
    private readonly ConcurrentQueue<int[]> _events = new();
    private int _id;

    public ScriptedFunction(Func<int[], InvocationResult> answer)
        : this(numbers => Task.FromResult(answer(numbers)))
    {
    }

    /// <summary>The events in the order they came, as ranges: "1-3 4-6".</summary>
    public string Story => string.Join(' ', _events.Select(Describe));

    public IReadOnlyList<int[]> Events => [.. _events];

    public static InvocationResult Success(string answer = "{\"batchItemFailures\":[]}") => new("id", Encoding.UTF8.GetBytes(answer));

    public static InvocationResult Failure() => new("id", Encoding.UTF8.GetBytes("{\"errorMessage\":\"no\"}"), "Unhandled");

    public static InvocationResult Report(params int[] failed) =>
        Success($$"""{"batchItemFailures":[{{string.Join(',', failed.Select(number => $$"""{"itemIdentifier":"{{number}}"}"""))}}]}""");

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(eventJson);
        var numbers = json.RootElement.GetProperty("Records").EnumerateArray()
            .Select(record => int.Parse(record.GetProperty("kinesis").GetProperty("sequenceNumber").GetString()!, CultureInfo.InvariantCulture))
            .ToArray();
        _events.Enqueue(numbers);
        var result = await answer(numbers).WaitAsync(cancellationToken);
        return result with { RequestId = $"request-{Interlocked.Increment(ref _id)}" };
    }

    private static string Describe(int[] numbers) => numbers.Length == 1 ? $"{numbers[0]}" : $"{numbers[0]}-{numbers[^1]}";
}
