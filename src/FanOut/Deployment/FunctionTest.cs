using System.Text.Json;
using FanOut.Aws;
using FanOut.Engine.Settings;

namespace FanOut.Deployment;

/// <summary>What an invocation with <see cref="TestEvent"/> showed.</summary>
/// <param name="Version">The version of the program that answered; null: it is older than the test, or did not answer.</param>
/// <param name="Problem">Why the function does not run; null: it runs, or that is not known.</param>
/// <param name="Untested">Why the function could not be asked; null: it was.</param>
internal sealed record FunctionTest(string? Version = null, string? Problem = null, string? Untested = null)
{
    // How a program answers that was made before there was a test: it knows no event without records.
    private const string OlderProgram = "InvalidEventException";

    /// <summary>Reads what a function answered.</summary>
    /// <param name="isError">Whether the invocation failed.</param>
    /// <param name="answer">The answer's JSON.</param>
    public static FunctionTest Of(bool isError, ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return isError
                ? Text(json, "errorType") == OlderProgram ? new() : new(Problem: OutsideText.Cut($"{Text(json, "errorType")}: {Text(json, "errorMessage")}".Trim(' ', ':')))
                : Text(json, "fanout") is { } version ? new(version) : new(Problem: "what it answers to an event of FanOut is not the answer of a fan-out function");
        }
        catch (JsonException e)
        {
            return new(Problem: $"what it answers is not JSON ({e.Message})");
        }
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
