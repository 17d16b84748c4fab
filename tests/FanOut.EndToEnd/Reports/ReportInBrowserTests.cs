using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Reports;

/// <summary>The page of Export-FanOutReport in a browser: it opens without a complaint, asks for nothing, fits screens, and has no barriers that axe knows of.</summary>
/// <remarks>The pictures lie in artifacts/report afterwards, for people to look at.</remarks>
public sealed class ReportInBrowserTests(ChromiumServer chromium) : IDisposable
{
    private const int Desktop = 1280, Phone = 390;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_deployment_of_30_targets_with_three_in_trouble_can_be_read_by_everybody()
    {
        ServerProcess browser = await chromium.StartAsync();
        string file = await ExportAsync(30);
        foreach ((int width, string scheme) in new[] { (Desktop, "light"), (Desktop, "dark"), (Phone, "light"), (Phone, "dark") })
        {
            await using BrowserPage page = await BrowserPage.OpenAsync(browser, file, width, scheme, Cancellation);

            Assert.Equal("3 of 30 targets need attention.", (string?)await page.EvaluateAsync("document.querySelector('h2').textContent"));
            Assert.Equal(30, (int?)await page.EvaluateAsync("document.querySelectorAll('#targets tbody tr').length"));
            Assert.Equal(0, (int?)await page.EvaluateAsync("document.scripts.length"));
            Assert.InRange((int)(await page.EvaluateAsync("document.documentElement.scrollWidth"))!, 1, width);
            await KeepAsync(page, width, scheme);
            // Charts are drawn, and what is folded is open too, before it is judged.
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            Assert.Empty(await page.FindBarriersAsync());
            Assert.Empty(page.Complaints);
            Assert.Equal([new Uri(file).AbsoluteUri], page.Requests.Where(static r => !r.StartsWith("data:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task It_is_used_by_the_keyboard_and_shows_those_in_trouble_alone()
    {
        ServerProcess browser = await chromium.StartAsync();
        await using BrowserPage page = await BrowserPage.OpenAsync(browser, await ExportAsync(30), Desktop, "light", Cancellation);

        await page.PressAsync("Tab", 9);
        Assert.Equal("Skip to the content", (string?)await page.EvaluateAsync("document.activeElement.textContent"));
        Assert.InRange((double)(await page.EvaluateAsync("document.activeElement.getBoundingClientRect().top"))!, 0, 100);

        await page.EvaluateAsync("document.getElementById('show-all').focus()");
        await page.PressAsync("ArrowRight", 39);
        Assert.Equal("show-trouble", (string?)await page.EvaluateAsync("document.activeElement.id"));
        Assert.Equal(3, (int?)await page.EvaluateAsync(Visible));
        await page.PressAsync("ArrowRight", 39);
        Assert.Equal(1, (int?)await page.EvaluateAsync(Visible));
    }

    [Theory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task A_deployment_of_500_targets_opens_as_well(int width)
    {
        ServerProcess browser = await chromium.StartAsync();
        await using BrowserPage page = await BrowserPage.OpenAsync(browser, await ExportAsync(500), width, "light", Cancellation);

        Assert.Equal(500, (int?)await page.EvaluateAsync("document.querySelectorAll('#targets tbody tr').length"));
        Assert.InRange((int)(await page.EvaluateAsync("document.documentElement.scrollWidth"))!, 1, width);
        Assert.InRange((double)(await page.EvaluateAsync("document.querySelector('.flow').getBoundingClientRect().height"))!, 200, 2_000);
        Assert.Empty(page.Complaints);
    }

    /// <summary>Else the other tests could not fail.</summary>
    [Fact]
    public async Task What_is_wrong_with_a_page_is_found()
    {
        ServerProcess browser = await chromium.StartAsync();
        string file = await ExportAsync(3), page = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(
            file,
            page.Replace("</main>", "<script>document.title = 'run'</script><img src=\"missing.png\"><p style=\"width: 3000px\">x</p></main>", StringComparison.Ordinal)
                .Replace("--ink: #1b1d22", "--ink: #e0e0e0", StringComparison.Ordinal),
            Cancellation);

        await using BrowserPage opened = await BrowserPage.OpenAsync(browser, file, Desktop, "light", Cancellation);
        string[] barriers = await opened.FindBarriersAsync();

        Assert.NotEqual("run", (string?)await opened.EvaluateAsync("document.title"));
        Assert.Contains(opened.Complaints, static c => c.Contains("script", StringComparison.Ordinal));
        Assert.Contains(opened.Complaints, static c => c.Contains("style", StringComparison.Ordinal));
        Assert.Contains(barriers, static b => b.StartsWith("critical image-alt", StringComparison.Ordinal));
    }

    private const string Visible = "[...document.querySelectorAll('#targets tbody tr')].filter(r => r.getClientRects().length > 0).length";

    private async Task<string> ExportAsync(int targets)
    {
        await using ReportedShop shop = await ReportedShop.StartAsync(targets, Cancellation);
        return $"{shop.Session.Run($"Export-FanOutReport -Path '{_folder.Path}' -Title 'Shop'").ThrowIfFailed().Output.Single()}";
    }

    private static async Task KeepAsync(BrowserPage page, int width, string scheme)
    {
        string folder = Directory.CreateDirectory(Path.Join(Checkout.Root, "artifacts", "report")).FullName;
        await File.WriteAllBytesAsync(Path.Join(folder, $"{width}-{scheme}.png"), await page.ShootAsync(width), Cancellation);
    }
}
