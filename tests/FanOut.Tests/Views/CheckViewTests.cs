using System.Management.Automation;
using FanOut.Views;

namespace FanOut.Tests.Views;

/// <summary>What a check found is shown to its end, and so is what to do about it.</summary>
public sealed class CheckViewTests
{
    [Fact]
    public void Lines_break_between_words_and_remedies_begin_with_an_arrow()
    {
        var check = new FanOutTargetCheck
        {
            Id = "t", SourceArn = "s", Check = "Key", Status = "Fail", Detail = "The queue is encrypted with a key that the role of the function may not use.", Remedy = "aws kms one\naws kms two",
        };

        Assert.Equal("The queue is encrypted with a key that the role of the\nfunction may not use.\n→ aws kms one\n→ aws kms two", ViewText.Found(PSObject.AsPSObject(check)));
        Assert.Equal("It is there.", ViewText.Found(PSObject.AsPSObject(new FanOutTargetCheck { Id = "t", SourceArn = "s", Check = "Key", Status = "Pass", Detail = "It is there." })));
    }
}
