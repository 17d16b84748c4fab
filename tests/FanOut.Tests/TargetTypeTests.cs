using System.Collections;
using System.Management.Automation;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Destinations;
using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Tests.Deployment.Policies;
using FanOut.Tests.Sources;
using FanOut.Tests.Targets;

namespace FanOut.Tests;

/// <summary>A target type that is missing somewhere fails here.</summary>
public sealed class TargetTypeTests
{
    public static TheoryData<TargetType> Types => [.. Enum.GetValues<TargetType>()];

    [Fact]
    public void The_one_list_of_words_has_each_type_once() =>
        Assert.Equal(Enum.GetNames<TargetType>().Select(static n => n.ToLowerInvariant()), MappingText.AllTypes.Split(", "));

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_word_in_the_table_is_read_back(TargetType type)
    {
        Assert.True(MappingText.TryParse(MappingText.Of(type), out TargetType read));
        Assert.Equal(type, read);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task It_has_a_target(TargetType type)
    {
        await using TargetFactory targets = TestTargets.Factory(TimeProvider.System);
        ActiveTarget active = targets.TargetOf(TestTargets.Mapping(type));
        Assert.True(active.Target.Limits.Items > 0);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Its_names_are_looked_up(TargetType type)
    {
        using AwsSession caller = SourceTests.Open(new Uri("http://127.0.0.1:1"));
        Exception? failure = await Record.ExceptionAsync(() => new ResolveDestination().FindAsync(() => caller, new DestinationQuery(type, "orders", null), TestContext.Current.CancellationToken));

        // Nobody is there to answer; that there is somebody to ask is enough.
        Assert.IsNotType<ArgumentOutOfRangeException>(failure);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_function_is_allowed_to_send_to_it_unless_it_is_nothing_of_AWSs(TargetType type) =>
        Assert.Equal(type is TargetType.Memcached or TargetType.Redis or TargetType.Http, ExecutionPolicy.Of(Given.Function(TestTargets.Mapping(type))).Allowed().Length == 0);

    [Fact]
    public void The_tab_key_offers_each_with_the_form_of_its_destination()
    {
        CompletionResult[] offers = [.. ((IArgumentCompleter)new TypeCompleter()).CompleteArgument("Register-FanOutTarget", "Type", "", null!, new Hashtable())];
        Assert.Equal(MappingText.AllTypes.Split(", "), offers.Select(static o => o.CompletionText));
        Assert.All(offers, static o => Assert.NotEqual(o.CompletionText, o.ToolTip));
    }

    [Fact]
    public void The_documents_name_each()
    {
        string[] words = MappingText.AllTypes.Split(", ");
        foreach (string page in (string[])["docs/reference.md", "en-US/about_FanOut.help.txt", "docs/cmdlets/Register-FanOutTarget.md", "docs/cmdlets/Set-FanOutTarget.md", "docs/cmdlets/Get-FanOutTarget.md"])
        {
            string text = File.ReadAllText(Path.Join(Checkout.Root, page));
            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        }
    }
}
