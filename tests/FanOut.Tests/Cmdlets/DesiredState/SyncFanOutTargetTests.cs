using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.DesiredState;

/// <summary>What Sync-FanOutTarget does, in which order, and that it does it once.</summary>
public sealed class SyncFanOutTargetTests : StateTests
{
    [Fact]
    public void WhatIf_shows_everything_and_changes_nothing()
    {
        PowerShellResult plan = Sync(State(Target("audit"), Target("archive", "\"Collapse\": \"none\"")), "-WhatIf");

        string[] changes = [.. Changes(plan)];
        Assert.Contains("Create Function function fresh in us-east-1", changes);
        Assert.Equal(["Create Target audit", "Create Target archive", "Create Source orders"], changes[^3..]);
        Assert.Contains("Collapse none", Attributes(plan.Output[^2]), StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void Everything_is_made_in_an_order_that_loses_no_record_and_a_second_time_nothing_is()
    {
        string state = State(Target("audit"), Target("archive"));

        PowerShellResult made = Sync(state, "-PassThru");

        Assert.All(made.ThrowIfFailed().Output, static c => Assert.Equal("Done", c.Properties["Result"].Value));
        Assert.Equal(["archive", "audit"], Rows.Select(Id).Order(StringComparer.Ordinal));
        Assert.All(Rows, static r => Assert.True(r.GetProperty("active").GetProperty("BOOL").GetBoolean()));
        Assert.Equal("Enabled", $"{Assert.Single(Session.Lambda.EventSourceMappings).Value.State}");
        string[] order = [.. Session.Changes.Where(static c => c is "lambda:CreateFunction" or "iam:PutRolePolicy" or "dynamodb:TransactWriteItems" or "lambda:CreateEventSourceMapping")];
        Assert.Equal("lambda:CreateEventSourceMapping", order[^1]);
        int write = Array.IndexOf(order, "dynamodb:TransactWriteItems");
        Assert.True(Array.IndexOf(order, "lambda:CreateFunction") < write);
        Assert.Equal("iam:PutRolePolicy", order[write - 1]);
        Assert.Contains($"{Queue}audit", Policy, StringComparison.Ordinal);

        Session.Forget();
        Assert.Empty(Sync(state, "-PassThru").ThrowIfFailed().Output);
        Assert.Empty(Session.Changes);
        Assert.All(Changes(Sync(state, "-WhatIf")), static c => Assert.StartsWith("Unchanged ", c, StringComparison.Ordinal));
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_secret_with_headers_that_a_target_gets_may_be_read_by_the_role()
    {
        string Hook(string more) => State($$"""{ "Id": "hook", "Type": "http", "Destination": "https://api.example.com/orders"{{more}} }""");
        Sync(Hook("")).ThrowIfFailed();

        Sync(Hook(", \"HeadersSecret\": \"arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/key-a1B2c3\"")).ThrowIfFailed();

        Assert.Contains("secret:shop/key-a1B2c3", Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_different_is_changed_attribute_by_attribute()
    {
        Sync(State(Target("audit"), Target("archive"))).ThrowIfFailed();
        string state = State(Target("audit", "\"Collapse\": \"none\", \"ExternalId\": \"top-secret\", \"DestinationRoleArn\": \"arn:aws:iam::210987654321:role/x\""), Target("archive"))
            .Replace("256", "512", StringComparison.Ordinal).Replace("\"failed\"", "\"failed\", \"BatchSize\": 100", StringComparison.Ordinal);
        Session.Forget();

        PowerShellResult plan = Sync(state, "-WhatIf");

        Assert.Equal(["Change Function function fresh in us-east-1", "Change Target audit", "Unchanged Target archive", "Change Source orders"], Changes(plan));
        Assert.Equal("MemorySize 256 → 512", Attributes(plan.Output[0]));
        Assert.Equal("DestinationRoleArn arn:aws:iam::210987654321:role/x, Collapse JSON → none, ExternalId ***", Attributes(plan.Output[1]));
        Assert.Equal("BatchSize 500 → 100", Attributes(plan.Output[3]));
        Assert.DoesNotContain("top-secret", plan.AllText, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);

        Sync(state).ThrowIfFailed();
        Assert.Equal(1, Session.Changes.Count(static c => c.StartsWith("dynamodb:", StringComparison.Ordinal)));
        Assert.Equal(512, Deployed.MemorySize);
        Session.Forget();
        Sync(state).ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_line_on_the_screen_tells_what_came_of_it_and_none_is_among_the_objects()
    {
        string state = State(Target("audit"), Target("archive"));
        string Said(PowerShellResult result) => Assert.Single(result.ThrowIfFailed().Information);

        PowerShellResult plan = Sync(state, "-WhatIf");
        Assert.Matches("^Plan for fresh in us-east-1: [0-9]+ to be created, [0-9]+ to be changed\\. Nothing was changed\\.$", Said(plan));
        Assert.All(plan.Output, static o => Assert.Equal("FanOut.FanOutChange", o.TypeNames[0]));

        PowerShellResult made = Sync(state);
        Assert.Matches("^fresh in us-east-1: [0-9]+ created, [0-9]+ changed\\.$", Said(made));
        Assert.Empty(made.Output);

        Assert.Equal("fresh in us-east-1: 1 changed, 1 removed.", Said(Sync(State(Target("audit", "\"Collapse\": \"none\"")), "-Prune -Confirm:$false")));
        Assert.Equal("fresh in us-east-1 is as it is to be: the function, 1 target and 1 source unchanged. Nothing was written.", Said(Sync(State(Target("audit", "\"Collapse\": \"none\"")))));
        Assert.Equal("fresh in us-east-1 is as it is to be: the function, 1 target and 1 source unchanged. Nothing was written.", Said(Sync(State(Target("audit", "\"Collapse\": \"none\"")), "-WhatIf")));
        Assert.Empty(Sync(State(Target("audit", "\"Collapse\": \"none\"")), "-InformationAction Ignore").ThrowIfFailed().Information);
    }

    [Fact]
    public void What_the_state_does_not_have_is_removed_only_with_Prune()
    {
        Session.Cloud.Kinesis.CreateStream("retired");
        Sync(State(Target("audit"), Target("archive"))).ThrowIfFailed();
        Run("Connect-FanOutSource retired Kinesis -Wait; Register-FanOutTarget sqs old arn:aws:sqs:us-east-1:123456789012:old -Source retired -SourceType Kinesis").ThrowIfFailed();
        string state = State(Target("audit"));
        Session.Forget();

        Sync(state).ThrowIfFailed();
        Assert.Empty(Session.Changes);

        Assert.Equal(
            ["Remove Source retired", "Unchanged Function function fresh in us-east-1", "Unchanged Target audit", "Remove Target archive", "Remove Target old", "Unchanged Source orders"],
            Changes(Sync(state, "-Prune -WhatIf")));
        Assert.Empty(Session.Changes);

        ErrorRecord error = Sync(state, "-Prune").Error();
        Assert.StartsWith("ConfirmationImpossible,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);

        Sync(state, "-Prune -Confirm:$false").ThrowIfFailed();
        Assert.Equal("audit", Id(Assert.Single(Rows)));
        Assert.Single(Session.Lambda.EventSourceMappings);
        string[] order = [.. Session.Changes.Where(static c => c is "lambda:DeleteEventSourceMapping" or "iam:PutRolePolicy" or "dynamodb:TransactWriteItems")];
        Assert.Equal(["lambda:DeleteEventSourceMapping", "dynamodb:TransactWriteItems", "iam:PutRolePolicy"], order);
        Assert.DoesNotContain($"{Queue}archive", Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_that_the_state_does_not_have_is_left_alone()
    {
        Sync(State(Target("audit"), Target("archive"))).ThrowIfFailed();
        Session.Forget();

        Sync($$"""{ "Targets": [ { "Id": "audit", "Type": "sqs", "Destination": "{{Queue}}audit", "Source": "orders" } ] }""", "-Prune -Confirm:$false").ThrowIfFailed();

        Assert.Equal("audit", Id(Assert.Single(Rows)));
        Assert.Single(Session.Lambda.EventSourceMappings);
        Assert.DoesNotContain(Session.Changes, static c => c.StartsWith("lambda:", StringComparison.Ordinal));
    }

    [Fact]
    public void Switches_that_are_left_out_stay_as_they_were_switched()
    {
        string state = State(Target("audit"), Target("archive", "\"Enabled\": false"));
        Sync(state).ThrowIfFailed();
        Run("Disable-FanOutTarget audit -Source orders -SourceType Kinesis; Suspend-FanOutSource orders Kinesis -Wait").ThrowIfFailed();
        Session.Forget();

        Sync(state).ThrowIfFailed();
        Assert.Empty(Session.Changes);

        string explicitly = State(Target("audit", "\"Enabled\": true"), Target("archive", "\"Enabled\": false")).Replace("\"failed\"", "\"failed\", \"Suspended\": false", StringComparison.Ordinal);
        PowerShellResult plan = Sync(explicitly, "-WhatIf");
        Assert.Equal(["Change Target audit", "Unchanged Target archive", "Change Source orders"], Changes(plan).Skip(1));
        Assert.Equal(("Enabled False → True", "State Disabled → Enabled"), (Attributes(plan.Output[1]), Attributes(plan.Output[3])));

        Sync(explicitly).ThrowIfFailed();
        Assert.Equal("Enabled", Run("Get-FanOutSource orders").Property("State"));
    }

    [Fact]
    public void Targets_of_a_list_are_those_of_their_source()
    {
        Sync(State(Target("audit"))).ThrowIfFailed();

        Run($"'Id,Type,Destination,Enabled,Comment\narchive,sqs,archive,true,x\nfailed,sqs,failed,false,y' | ConvertFrom-Csv | Sync-FanOutTarget -Source orders -Prune -Confirm:$false").ThrowIfFailed();

        Assert.Equal(["archive", "failed"], Rows.Select(Id).Order(StringComparer.Ordinal));
        Session.Forget();
        Run("Get-FanOutTarget | Sync-FanOutTarget -Prune -Confirm:$false").ThrowIfFailed();
        Assert.Empty(Session.Changes);
    }
}
