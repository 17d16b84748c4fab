using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Cmdlets;

/// <summary>More mappings than one page of DynamoDB holds (1 MB).</summary>
public sealed class LargeTableTests(MotoServer moto, ITestOutputHelper output)
{
    private const int Mappings = 1000;

    [Fact]
    public async Task A_thousand_mappings_are_registered_in_one_pipeline_and_read_over_all_pages()
    {
        using MotoSession session = await MotoSession.StartAsync(moto, "large");
        long started = TimeProvider.System.GetTimestamp();

        // The longest external id that IAM allows has 1,224 characters: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
        session.Run($$"""
            $role = @{ DestinationRoleArn = 'arn:aws:iam::210987654321:role/x'; ExternalId = 'x' * 1224; SourceArn = $source }
            1..{{Mappings}} | ForEach-Object { [pscustomobject]@{ Id = "t$_"; Type = 'sqs'; Destination = "arn:aws:sqs:us-east-1:210987654321:q$_" } } | Register-FanOutTarget @role
            """).ThrowIfFailed();

        output.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalMilliseconds / Mappings:F2} ms per mapping");
        Assert.True((await session.PagesAsync()).Count > 1);
        Assert.Equal(Mappings, session.Run("Get-FanOutTarget -SourceArn $source | Measure-Object").Property("Count"));
        Assert.Equal(Mappings, session.Run("Get-FanOutTarget | Measure-Object").Property("Count"));
        Assert.Equal(Mappings, (await session.RowsAsync()).Select(row => row.Text("id")).Distinct().Count());
    }
}
