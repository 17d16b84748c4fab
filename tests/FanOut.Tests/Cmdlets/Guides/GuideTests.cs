using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.Guides;

/// <summary>What the guides tell users to type works, one block after the other, and their links lead somewhere.</summary>
public sealed class GuideTests
{
    /// <summary>The pages with blocks for PowerShell whose tests are elsewhere, or why there is none.</summary>
    private static readonly Dictionary<string, string> RunElsewhere = new()
    {
        ["docs/migrating.md"] = "MigrationScriptsTests",
        ["docs/deadletters.md"] = "DeadLetterGuideTests",
    };

    public static TheoryData<string> Pages => [.. Guide.All];

    [Fact]
    public void Every_page_with_blocks_for_PowerShell_is_run()
    {
        string[] here = ["README.md", "docs/changes.md", "docs/cross-account.md", "docs/desired-state.md", "docs/filtering.md", "docs/getting-started.md", "docs/infrastructure.md", "docs/monitoring.md", "docs/pipelines.md", "docs/recover.md", "docs/reference.md", "docs/report.md", "docs/transforming.md", "docs/troubleshooting.md"];

        Assert.Equal(here.Concat(RunElsewhere.Keys).Order(StringComparer.Ordinal), Guide.All.Where(static p => new Guide(p).Blocks("powershell").Count > 0).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_links_of_a_page_lead_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(page)!;

        Assert.All(new Guide(page).Links, link =>
        {
            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0 ? page : Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Join(Checkout.Root, folder, parts[0])));
            Assert.True(Path.Exists(Path.Join(Checkout.Root, target)), $"{page} links to {link}, which is not there.");
            Assert.True(parts.Length == 1 || new Guide(target).Anchors.Contains(parts[1]), $"{page} links to {link}: {target} has no such heading.");
        });
    }

    [Fact]
    public async Task The_README_s_lines_for_an_account_bring_records_on_their_way()
    {
        await using GuideCloud cloud = new();

        PowerShellResult result = cloud.Run(new Guide("README.md").Blocks("powershell")[1]).ThrowIfFailed();

        PSObject source = result.Output.Last(static o => o.TypeNames.Any(static n => n.EndsWith(".FanOutSource", StringComparison.Ordinal)));
        Assert.Equal(("OK", "Enabled"), ($"{source.Properties["Status"].Value}", $"{source.Properties["State"].Value}"));
        Assert.Equal(["audit", "big"], cloud.Rows.Select(static r => r.GetProperty("id").GetProperty("S").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(1, cloud.EventSourceMappings);
    }

    [Fact]
    public async Task The_page_on_the_report_writes_reports()
    {
        await using GuideCloud cloud = new();
        using TemporaryFolder folder = new();
        cloud.Run(new Guide("README.md").Blocks("powershell")[1]).ThrowIfFailed();

        foreach (string block in new Guide("docs/report.md").Blocks("powershell"))
        {
            // Nobody looks at a browser here.
            cloud.Run($"Set-Location '{folder.Path}'; {block.Replace(" | Invoke-Item", "", StringComparison.Ordinal)}").ThrowIfFailed();
        }

        Assert.Equal(["fanout-report.html", "orders.html"], Directory.GetFiles(folder.Path).Select(static f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Getting_started_gets_there_and_leaves_nothing()
    {
        await using GuideCloud cloud = new();
        string[] blocks = [.. new Guide("docs/getting-started.md").Blocks("powershell")];
        string quickstart = Assert.Single(blocks, static b => b.Contains("$local", StringComparison.Ordinal));

        // What follows goes on from the quickstart, which runs it.
        foreach (string block in blocks.TakeWhile(b => b != quickstart))
        {
            cloud.Run(block).ThrowIfFailed();
        }

        Assert.Equal(0, cloud.EventSourceMappings);
    }

    [Fact]
    public async Task What_went_by_while_the_function_was_off_arrives_once()
    {
        await using GuideCloud cloud = new();
        cloud.Run("Register-FanOutTarget sqs audit audit-queue -Source orders -Collapse none").ThrowIfFailed();
        cloud.PutOrders("one", "two", "three");

        PSObject[] summaries = [.. new Guide("docs/recover.md").Blocks("powershell").Where(static b => b.Contains("Invoke-FanOutReplay", StringComparison.Ordinal) && !b.Contains("-Path", StringComparison.Ordinal))
            .SelectMany(b => cloud.Run(b).ThrowIfFailed().Output)];

        Assert.Equal(["Estimated 3", "Complete 3"], summaries.Select(static s => $"{s.Properties["State"].Value} {s.Properties["Records"].Value}"));
        Assert.Equal(["one", "three", "two"], cloud.MessagesOf("audit-queue").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_Lambda_gave_up_and_put_into_a_bucket_arrives_once()
    {
        await using GuideCloud cloud = new();
        cloud.Run("Register-FanOutTarget sqs audit audit-queue -Source orders -Collapse none").ThrowIfFailed();
        cloud.PutOrders("one", "two", "three");
        await cloud.GiveUpOrdersAsync("orders-undelivered");

        PSObject summary = cloud.Run(Assert.Single(new Guide("docs/recover.md").Blocks("powershell"), static b => b.Contains("-Path", StringComparison.Ordinal))).Only();

        Assert.Equal("Complete 3", $"{summary.Properties["State"].Value} {summary.Properties["Records"].Value}");
        Assert.Equal(["one", "three", "two"], cloud.MessagesOf("audit-queue").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_steps_to_another_account_give_both_sides_what_they_need()
    {
        await using GuideCloud cloud = new();
        cloud.Run("Publish-FanOutFunction").ThrowIfFailed();

        foreach (string block in new Guide("docs/cross-account.md").Blocks("powershell"))
        {
            cloud.Run(block).ThrowIfFailed();
        }

        Assert.Contains("arn:aws:kinesis:eu-west-1:210987654321:stream/copy", cloud.Read("TargetRole.json"), StringComparison.Ordinal);
        Assert.Contains("a-long-random-text", cloud.Read("Trust.json"), StringComparison.Ordinal);
        Assert.Contains("arn:aws:iam::123456789012:role/fanoutRole", cloud.Read("Trust.json"), StringComparison.Ordinal);
        Assert.True(Assert.Single(cloud.Rows).GetProperty("active").GetProperty("BOOL").GetBoolean());
    }

    [Theory]
    [InlineData("docs/changes.md")]
    [InlineData("docs/troubleshooting.md")]
    [InlineData("docs/filtering.md")]
    [InlineData("docs/reference.md")]
    [InlineData("docs/transforming.md")]
    [InlineData("docs/infrastructure.md")]
    [InlineData("docs/monitoring.md")]
    [InlineData("docs/desired-state.md")]
    [InlineData("docs/pipelines.md")]
    public async Task The_other_pages_run_on_what_the_README_has_made(string page)
    {
        await using GuideCloud cloud = new();
        cloud.Run(new Guide("README.md").Blocks("powershell")[1]).ThrowIfFailed();
        cloud.Run("Suspend-FanOutSource orders; Resume-FanOutSource orders").ThrowIfFailed();

        Assert.All(new Guide(page).Blocks("powershell"), block => cloud.Run(block).ThrowIfFailed());
    }
}
