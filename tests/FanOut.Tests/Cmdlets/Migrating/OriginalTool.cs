using System.Text.Json.Nodes;

namespace FanOut.Tests.Cmdlets.Migrating;

/// <summary>What the original tool's commands do to a row of its table, by its own text.</summary>
internal static class OriginalTool
{
    private const string Account = "123456789012";

    private static readonly (string Option, string Attribute)[] Texts =
        [("destination-role-arn", "role"), ("external-id", "externalId"), ("destination-region", "region"), ("collapse", "collapse")];

    private static readonly (string Option, string Attribute)[] Flags =
        [("active", "active"), ("parallel", "parallel"), ("convert-ddb", "convertDDB"), ("deaggregate", "deaggregate")];

    /// <summary>The region that a command works in.</summary>
    public static string Region(OriginalCommand command) => command["region"] ?? "us-east-1";

    /// <summary>The source that a command names.</summary>
    /// <param name="command">The command.</param>
    /// <param name="tableStream">The stream of the source table, whose ARN has a time in it.</param>
    public static string Source(OriginalCommand command, string tableStream) => (command["source-arn"], command["source-type"]) switch
    {
        ({ } arn, _) => arn,
        (null, "dynamodb") => tableStream,
        _ => $"arn:aws:kinesis:{Region(command)}:{Account}:stream/{command["source"]}",
    };

    /// <summary>A row that the command changes: everything that it sets is different, and nothing else is there.</summary>
    public static JsonObject Before(OriginalCommand command, string source)
    {
        JsonObject row = new()
        {
            ["sourceArn"] = Text(source),
            ["id"] = Text(command["id"] ?? "target1"),
            ["type"] = Text("sqs"),
            ["destination"] = Text($"https://sqs.us-east-1.amazonaws.com/{Account}/q"),
            ["active"] = Flag(command.Name == "deactivate"),
            ["collapse"] = Text("none"),
        };
        foreach ((string option, string attribute) in Flags.Where(f => command[f.Option] is not null))
        {
            row[attribute] = Flag(command[option] != "true");
        }

        return row;
    }

    /// <summary>The row that register writes. Attributes that have their default are left out, but for active and collapse.</summary>
    /// <param name="command">The command.</param>
    /// <param name="source">The source.</param>
    /// <param name="destination">What its destination stands for.</param>
    public static JsonObject Registered(OriginalCommand command, string source, string destination)
    {
        JsonObject row = new()
        {
            ["sourceArn"] = Text(source),
            ["id"] = Text(command["id"]!),
            ["type"] = Text(command.Type!),
            ["destination"] = Text(destination),
            ["active"] = Flag(false),
            ["collapse"] = Text("JSON"),
        };
        foreach ((string option, string attribute) in Flags)
        {
            bool whenAbsent = attribute == "parallel";
            bool value = command[option] is { } given ? given == "true" : whenAbsent;
            if (value != whenAbsent || attribute == "active")
            {
                row[attribute] = Flag(value);
            }
        }

        return WithTexts(row, command);
    }

    /// <summary>What update, activate and deactivate make of a row.</summary>
    public static JsonObject Changed(OriginalCommand command, JsonObject before)
    {
        JsonObject row = before.DeepClone().AsObject();
        foreach ((string option, string attribute) in Flags.Where(f => command[f.Option] is not null))
        {
            row[attribute] = Flag(command[option] == "true");
        }

        if (command.Name is "activate" or "deactivate")
        {
            row["active"] = Flag(command.Name == "activate");
        }

        return WithTexts(row, command);
    }

    private static JsonObject WithTexts(JsonObject row, OriginalCommand command)
    {
        foreach ((string option, string attribute) in Texts.Where(t => command[t.Option] is not null))
        {
            row[attribute] = Text(command[option]!);
        }

        return row;
    }

    private static JsonObject Text(string value) => new() { ["S"] = value };

    private static JsonObject Flag(bool value) => new() { ["BOOL"] = value };
}
