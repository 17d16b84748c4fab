using FanOut.Quickstart;

// Exit codes: 0 every record arrived exactly once at every target, 1 it did not, 2 the command line or the input cannot be used.
TimeProvider time = TimeProvider.System;
try
{
    Arguments arguments = Arguments.Read(args);
    IReadOnlyList<InputRecord> input = InputRecord.ReadAll(arguments.Input);
    long started = time.GetTimestamp();
    using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), time);
    var scenario = new Scenario(arguments, input);
    await using (scenario.ConfigureAwait(false))
    {
        Console.WriteLine($"Putting {input.Count} records into a Kinesis stream and a DynamoDB table, and waiting until they are everywhere.");
        IReadOnlyList<TargetCheck> checks = await scenario.RunAsync(patience.Token).ConfigureAwait(false);
        await WaitAsync(checks, patience.Token).ConfigureAwait(false);
        bool complete = await Report.PrintAsync(checks, Console.Out).ConfigureAwait(false);
        Console.WriteLine(complete
            ? $"Every record arrived exactly once at every target, in {time.GetElapsedTime(started).TotalSeconds:F1} s."
            : "Not every record arrived exactly once. The function's log:");
        foreach (string line in complete ? [] : scenario.Log)
        {
            Console.Error.WriteLine(line);
        }

        return complete ? 0 : 1;
    }
}
catch (UsageException e)
{
    await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
    return 2;
}

async Task WaitAsync(IReadOnlyList<TargetCheck> checks, CancellationToken cancellationToken)
{
    int expected = checks.Sum(static c => c.Expected.Count), last = -1;
    while (!cancellationToken.IsCancellationRequested)
    {
        int arrived = 0;
        bool complete = true;
        foreach (TargetCheck check in checks)
        {
            Arrived now = await check.Look().ConfigureAwait(false);
            arrived += Math.Min(now.Records.Count, check.Expected.Count);
            complete &= now.Records.Count >= check.Expected.Count && now.Differences(check.Expected).Count == 0;
        }

        // One line that grows in a terminal, a line per change elsewhere.
        if (arrived != last)
        {
            Console.Write(Console.IsOutputRedirected ? $"{arrived}/{expected}\n" : $"\r{arrived}/{expected} ");
            last = arrived;
        }

        // A cache may hold all keys, but not yet their last values: counting alone is not enough.
        if (complete)
        {
            break;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(200), time, CancellationToken.None).ConfigureAwait(false);
    }

    Console.WriteLine();
}
