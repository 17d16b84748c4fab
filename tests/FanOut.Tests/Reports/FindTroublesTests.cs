using FanOut.Reports;

namespace FanOut.Tests.Reports;

/// <summary>What is said to be wrong, and the commands.</summary>
public sealed class FindTroublesTests
{
    [Fact]
    public void The_command_of_a_target_means_it_alone_whatever_its_id()
    {
        Report report = ReportSample.Of(1);
        FanOutTarget target = new() { SourceArn = ReportSample.Orders, Id = "it's [1]*", Enabled = true, Region = "eu-west-1", FunctionName = "other", TableName = "otherTargets" };
        TargetTraffic traffic = report.Traffic!.Targets.Values.Single() with { Failed = ReportSample.Only((0, 1)) };

        Trouble trouble = Find(report with { Targets = [target], Traffic = report.Traffic with { Targets = new Dictionary<TargetKey, TargetTraffic> { [TargetKey.Of(target)] = traffic } } }).Single();

        Assert.StartsWith("1 record failed, counting every attempt. The last failure: between 27 Nov 09:30 and 27 Nov 10:00.", trouble.Text, StringComparison.Ordinal);
        Assert.Equal(
            $"Get-FanOutLog 'it''s `[1`]`*' -SourceArn '{ReportSample.Orders}' -Level warn -StartTime 2026-11-27T09:30Z -EndTime 2026-11-27T10:00Z -FunctionName 'other' -Region eu-west-1",
            trouble.Command);
    }

    [Fact]
    public void Dead_letters_come_with_what_finds_out_why_and_what_sends_them_again()
    {
        Report report = ReportSample.Of(1);
        FanOutTarget target = ReportSample.Target(0, 1);
        TargetTraffic traffic = report.Traffic!.Targets.Values.Single() with { DeadLettered = ReportSample.Only((47, 62)) };

        Trouble trouble = Find(report with
        {
            Targets = [target],
            Traffic = report.Traffic with { Targets = new Dictionary<TargetKey, TargetTraffic> { [TargetKey.Of(target)] = traffic } },
            Period = ReportPeriod.Of(ReportSample.Now.AddHours(-23.9), ReportSample.Now.AddMinutes(-10), ReportSample.Now.AddMinutes(-10)),
        }).Single();

        Assert.Equal("62 records were put into its dead letter. The last dead letter: between 28 Nov 09:00 and 28 Nov 09:20.", trouble.Text);
        string of = $"'{target.Id}' -SourceArn '{target.SourceArn}' -Region eu-west-1";
        Assert.Equal(
            [$"Get-FanOutLog '{target.Id}' -SourceArn '{target.SourceArn}' -Level warn -StartTime 2026-11-28T09:00Z -Region eu-west-1", $"Test-FanOutTarget {of} -Environment", $"Get-FanOutTarget {of} | Get-FanOutDeadLetter -Summary", $"Get-FanOutTarget {of} | Resume-FanOutDeadLetter -WhatIf"],
            trouble.Command!.Split('\n').Where(static l => !l.StartsWith('#')));
    }

    [Fact]
    public void A_target_that_shares_its_destination_is_told_so_and_has_no_letters_where_it_has_no_dead_letter()
    {
        Report report = ReportSample.Of(1);
        FanOutTarget target = ReportSample.Target(0, 1, deadLetter: null);
        TargetTraffic traffic = report.Traffic!.Targets.Values.Single() with { DeadLettered = ReportSample.Only((47, 62)), SharedWith = ["e2"] };

        Trouble trouble = Find(report with { Targets = [target], Traffic = report.Traffic with { Targets = new Dictionary<TargetKey, TargetTraffic> { [TargetKey.Of(target)] = traffic } } }).Single();

        Assert.StartsWith(
            "62 records were put into the dead letter of another target of this destination, now or before: it has none itself (counted together with e2, as they have one destination; the log tells them apart). ",
            trouble.Text, StringComparison.Ordinal);
        Assert.StartsWith($"Get-FanOutLog '{target.Id}'", trouble.Command, StringComparison.Ordinal);
        Assert.DoesNotContain("DeadLetter", trouble.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_function_says_of_its_sources_is_left_to_them()
    {
        Report report = ReportSample.Of(30);
        FanOutFunction function = new()
        {
            FunctionName = "fanout", Region = "eu-west-1", TableName = "fanoutTargets",
            Problems = ["1 row of the table fanoutTargets is not a valid mapping. Get-FanOutSource -Region eu-west-1", "The function's state is Failed: no subnet"],
        };

        Assert.Equal(["The function's state is Failed: no subnet", "The target fraud"], Find(report with { Function = function }).Take(2).Select(static t => t.Text[..Math.Min(t.Text.Length, t.Kind == "Function" ? 99 : 16)]));
        Assert.Contains(Find(report with { Function = function, Sources = [] }), static t => t.Command == "Get-FanOutSource -Region eu-west-1");
    }

    private static IReadOnlyList<Trouble> Find(Report report) => FindTroubles.Of(report, JudgeTargets.Of(report));
}
