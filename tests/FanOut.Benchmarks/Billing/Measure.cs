using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using FanOut.Engine.Progress;
using FanOut.LocalCloud.DynamoDb;

namespace FanOut.Benchmarks.Billing;

/// <summary>Measures workloads, each several times with a process of its own, in turn, so that what else the machine does meets all of them.</summary>
/// <param name="arguments">What is measured, and how often.</param>
/// <param name="time">The clock.</param>
internal sealed class Measure(MeasureArguments arguments, TimeProvider time)
{
    private readonly Dictionary<Workload, (string Name, string Stream)> _functions = [];

    /// <summary>Measures what the tables need, and writes them.</summary>
    /// <param name="output">Where they are written.</param>
    /// <param name="progress">Where it is told how far it is.</param>
    public async Task RunAsync(TextWriter output, TextWriter progress)
    {
        await using AwsEndpoint aws = await AwsEndpoint.StartAsync(time);
        using ProcessorGroup? own = arguments.IsLimited ? Join() : null;
        Dictionary<Workload, List<WorkloadFigures>> runs = arguments.Tables.SelectMany(static t => t.Workloads).Distinct().ToDictionary(static w => w, static _ => new List<WorkloadFigures>());
        foreach (Workload workload in runs.Keys)
        {
            _functions[workload] = await PrepareAsync(aws, workload, $"fanout{_functions.Count}");
        }

        for (int round = 1; round <= arguments.Rounds; round++)
        {
            foreach ((Workload workload, List<WorkloadFigures> figures) in runs)
            {
                (string name, string stream) = _functions[workload];
                long taken = aws.Taken;
                figures.Add(await MeasuredFunction.MeasureAsync(workload, name, stream, CommandOf(workload), aws.Variables, arguments.IsLimited, time));
                if (aws.Taken == taken)
                {
                    throw new InvalidOperationException($"{workload}: the function has sent nothing.");
                }

                await progress.WriteLineAsync($"{round}/{arguments.Rounds} {workload}: {figures[^1]}");
            }
        }

        if (!arguments.IsLimited)
        {
            await output.WriteLineAsync("Not limited: each function had a whole processor, whatever its memory.\n");
        }

        Dictionary<string, MarkdownTable> tables = arguments.Tables.ToDictionary(static t => t.Name, t => t.Write(w => WorkloadFigures.Of(runs[w])));
        foreach ((string name, MarkdownTable table) in tables)
        {
            await output.WriteLineAsync($"{MeasuredPages.MarkOf(name)}\n{table}");
        }

        if (arguments.Writes)
        {
            await MeasuredPages.WriteAsync(tables);
        }
    }

    private static ProcessorGroup Join()
    {
        var group = new ProcessorGroup($"fanout-{Environment.ProcessId}");
        foreach (string door in group.Doors)
        {
            File.WriteAllText(door, $"{Environment.ProcessId}");
        }

        return group;
    }

    /// <summary>Makes the function's table, as it is when the function has run before.</summary>
    private async Task<(string Name, string Stream)> PrepareAsync(AwsEndpoint aws, Workload workload, string name)
    {
        string table = name + "Targets", stream = $"arn:aws:kinesis:us-east-1:123456789012:stream/{name}";
        DynamoTable rows = aws.Cloud.Dynamo.CreateTable(table, "sourceArn", "id");
        for (int i = 0; i < Math.Max(workload.Targets, workload.Rows); i++)
        {
            rows.Put(string.Create(CultureInfo.InvariantCulture, $$$"""
                {"sourceArn":{"S":"{{{stream}}}"},"id":{"S":"target-{{{i:D5}}}"},"type":{"S":"kinesis"},"destination":{"S":"output-{{{i:D5}}}"},"active":{"BOOL":{{{(i < workload.Targets ? "true" : "false")}}}},
                "collapse":{"S":"JSON"},"parallel":{"BOOL":true}}
                """));
        }

        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("AKIDEXAMPLE000000000", "secret"), new AmazonDynamoDBConfig { ServiceURL = aws.Cloud.Endpoint.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        await new KnownSources(client, table, name, time).NoteAsync(stream, CancellationToken.None);
        return (name, stream);
    }

    private (string Command, string Folder) CommandOf(Workload workload) => workload.IsOriginal
        ? ($"node '{Path.Join(AppContext.BaseDirectory, "runtime.js")}'", arguments.Original!)
        : ($"'{arguments.Program}'", Path.GetDirectoryName(arguments.Program)!);
}
