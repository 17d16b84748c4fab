using System.Globalization;
using FanOut.Aws.Http;
using FanOut.Engine.Delivery;
using FanOut.Engine.Logging;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Settings;

/// <summary>The function's settings, read once from the environment; a value that makes no sense stops the start with a sentence that says which.</summary>
/// <remarks>The module reads them too, before it gives variables to a function: what stands here is what may be set.</remarks>
public sealed record FunctionSettings
{
    /// <summary>The prefix of the variables that are the function's own.</summary>
    public const string Prefix = "FANOUT_";

    // Stands for any variable that Lambda itself sets.
    private const string SetByLambda = "set";

    private const long EighthOfMegabyte = 1024 * 1024 / 8, SixteenthOfMegabyte = EighthOfMegabyte / 2, ThirtySecondOfMegabyte = SixteenthOfMegabyte / 2;

    /// <summary><c>AWS_LAMBDA_FUNCTION_NAME</c>.</summary>
    public required string FunctionName { get; init; }

    /// <summary><c>AWS_LAMBDA_FUNCTION_VERSION</c>; null: it is not set.</summary>
    public string? FunctionVersion { get; init; }

    /// <summary><c>AWS_REGION</c>.</summary>
    public required string Region { get; init; }

    /// <summary><c>AWS_LAMBDA_RUNTIME_API</c>: host and port.</summary>
    public required string RuntimeApi { get; init; }

    /// <summary><c>FANOUT_TABLE</c>; default: the function's name and <c>Targets</c>.</summary>
    public required string Table { get; init; }

    /// <summary><c>FANOUT_REFRESH_SECONDS</c>; default: 60.</summary>
    public required TimeSpan Refresh { get; init; }

    /// <summary>
    /// <c>FANOUT_PARALLEL_TARGETS</c> (8), <c>FANOUT_PARALLEL_BLOCKS</c> (4) and <c>FANOUT_REQUIRE_TARGETS</c>: <c>true</c> where a source without
    /// an enabled mapping is a failure (<c>false</c>); and of <c>AWS_LAMBDA_FUNCTION_MEMORY_SIZE</c>, in MB (128), an eighth for the calls that are under way, a sixteenth for payloads.
    /// </summary>
    public required DeliveryOptions Delivery { get; init; }

    /// <summary><c>FANOUT_METRICS</c>: <c>emf</c> (through the log; default), <c>cloudwatch</c> (by calls) or <c>none</c>.</summary>
    public required string Metrics { get; init; }

    /// <summary>
    /// <c>FANOUT_BATCH_ITEM_FAILURES</c>: <c>true</c> where the event source mapping has ReportBatchItemFailures. Else any failure fails
    /// the invocation: an event source mapping without it would take the answer for success. Default: <c>false</c>.
    /// </summary>
    public required bool ReportsItems { get; init; }

    /// <summary>
    /// <c>FANOUT_PROGRESS</c>: whether it is remembered, in the table, what was delivered of a batch that comes again: <c>true</c> (default),
    /// <c>always</c> (every batch is looked up, also those that are too young to have come before) or <c>false</c>.
    /// </summary>
    public required string Progress { get; init; }

    /// <summary>
    /// <c>FANOUT_HTTP_NETWORKS</c>: the private networks that http targets may be in, such as <c>10.1.0.0/16</c>, with commas between them. Default: none.
    /// </summary>
    public required AddressRules HttpAddresses { get; init; }

    /// <summary><c>FANOUT_LOG_LEVEL</c>: <c>debug</c>, <c>info</c> (default), <c>warn</c> or <c>error</c>.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>The names of the function's own variables.</summary>
    public static IReadOnlyList<string> Variables { get; } = ListVariables();

    /// <summary>Says whether a function can start with these variables.</summary>
    /// <param name="variables">All variables that the function is to have; those of Lambda need not be among them.</param>
    /// <returns>A sentence that names the variable, its value and what is allowed; null: it can.</returns>
    public static string? FindProblem(IReadOnlyDictionary<string, string> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        try
        {
            _ = Read(name => IsOwn(name) ? variables.GetValueOrDefault(name) : SetByLambda);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>Reads the settings.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <exception cref="FormatException">A variable is missing or has a value that is not allowed.</exception>
    public static FunctionSettings Read(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        string function = Required(read, "AWS_LAMBDA_FUNCTION_NAME");
        bool reportsItems = OneOf(read, "FANOUT_BATCH_ITEM_FAILURES", "false", "true") == "true";
        return new FunctionSettings
        {
            FunctionName = function,
            FunctionVersion = read("AWS_LAMBDA_FUNCTION_VERSION") is { Length: > 0 } version ? version : null,
            Region = Required(read, "AWS_REGION"),
            RuntimeApi = Required(read, "AWS_LAMBDA_RUNTIME_API"),
            Table = read("FANOUT_TABLE") is { Length: > 0 } table ? table : function + "Targets",
            Refresh = TimeSpan.FromSeconds(Number(read, "FANOUT_REFRESH_SECONDS", 60, 0, 86_400)),
            Delivery = new DeliveryOptions
            {
                ParallelTargets = Number(read, "FANOUT_PARALLEL_TARGETS", 8, 1, 64),
                CallMemory = Megabytes(read) * EighthOfMegabyte,
                PayloadMemory = Megabytes(read) * SixteenthOfMegabyte,
                UnpackedBytes = Math.Min(Megabytes(read) * ThirtySecondOfMegabyte, UnpackRecords.MostBytes) - UnpackRecords.OwnBytes,
                ParallelBlocks = Number(read, "FANOUT_PARALLEL_BLOCKS", 4, 1, 64),
                RequireTargets = OneOf(read, "FANOUT_REQUIRE_TARGETS", "false", "true") == "true",
                ReportsItems = reportsItems,
            },
            Metrics = OneOf(read, "FANOUT_METRICS", "emf", "cloudwatch", "none"),
            ReportsItems = reportsItems,
            Progress = OneOf(read, "FANOUT_PROGRESS", "true", "always", "false"),
            HttpAddresses = Networks(read, AddressRules.Variable),
            LogLevel = OneOf(read, "FANOUT_LOG_LEVEL", "info", "debug", "warn", "error") switch
            {
                "debug" => LogLevel.Debug,
                "warn" => LogLevel.Warn,
                "error" => LogLevel.Error,
                _ => LogLevel.Info,
            },
        };
    }

    // Asks Read, so that the list cannot lack a variable that is read.
    private static List<string> ListVariables()
    {
        List<string> names = [];
        _ = Read(name =>
        {
            names.Add(name);
            return IsOwn(name) ? null : SetByLambda;
        });
        return [.. names.Where(IsOwn)];
    }

    private static bool IsOwn(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    private static string Required(Func<string, string?> read, string name) => read(name) is { Length: > 0 } value ? value
        : throw new FormatException($"The environment variable {name} is missing: the program runs inside AWS Lambda, or what stands in for it.");

    // Lambda always sets it, and to a number; what stands in for Lambda may not.
    private static int Megabytes(Func<string, string?> read) =>
        int.TryParse(read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out int megabytes) && megabytes > 0 ? megabytes : 128;

    private static int Number(Func<string, string?> read, string name, int normal, int least, int most)
    {
        if (read(name) is not { Length: > 0 } text)
        {
            return normal;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number
            : throw new FormatException($"The environment variable {name} is '{text}'; a whole number from {least} to {most} is allowed.");
    }

    private static AddressRules Networks(Func<string, string?> read, string name)
    {
        try
        {
            return AddressRules.Parse(read(name));
        }
        catch (FormatException e)
        {
            throw new FormatException($"The environment variable {name} is '{read(name)}'; networks with commas between them are allowed. {e.Message}", e);
        }
    }

    private static string OneOf(Func<string, string?> read, string name, params string[] allowed)
    {
        string text = read(name) is { Length: > 0 } given ? given : allowed[0];
        return allowed.FirstOrDefault(a => a.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException($"The environment variable {name} is '{text}'; allowed are {string.Join(", ", allowed)}.");
    }
}
