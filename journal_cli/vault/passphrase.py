"""
Five words to offer as a passphrase, or as the password of a page.

Unlocking does not load this module.
"""

import secrets
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from xkcdpass import xkcd_password

WORDS: Final = 5
FEWEST_TO_CHOOSE_FROM: Final = 7000  # five of these are 63.8 bits

# The list was made for anyone. On a bad evening, or after what someone did, a few of its words
# sting, and a passphrase is typed every day. Hyphens go too: nobody remembers where they were.
_LEFT_OUT: Final = frozenset(
    """
    absinthe aching affair afflicted affront afraid aghast agonize agonizing agony aids alienate ambush amuck
    aneurism anger angrily angriness anguished animosity annoying arousal arrest arrogance arrogant arson ashamed
    ashen atrocious atrophy autistic avenge avenging badass badly barmaid bash battered battering bazooka blaspheme
    blasphemy blighted bloated bloating blubber bonded bonehead bovine breeder breeding browbeat brownnose bruising
    brute brutishly buckshot bucktooth bullwhip bully captive captivity carnage casket casualty catatonic catcall
    catfight cathouse caucasian celibacy celibate cesarean cesspool chaste chastise chastity cheating chemo
    chokehold choking chubby clobber coerce coma confess contempt contusion coroner corrosive crazed crazily
    craziness crazy cruelly cruelness cruelty crummiest crummy crushed crusher crushing crying curse cussed custody
    dagger dastardly deafness decay deceased deceit deceiver deceiving deception deceptive defame defeat defective
    defendant defile defiling degraded degrading dejected delirious delirium delusion demeaning depraved depravity
    depress deprive deranged desecrate desolate despair despise destitute destruct detention detest devourer
    devouring diabolic dingbat dirtiness disabled disaster disdain disfigure disgrace dislike disliking disown
    distort distress distrust divorcee dork dreaded dreadful drop-down drown duress dwarf dweeb egomaniac egotistic
    emptiness endanger enrage enslave entomb estranged evil excretion excretory exhume fascism feeble feisty
    felt-tip fetal filth flaccid flashback flogging fondling fool frail frighten frightful frigidity frigidly
    gallows gangrene gestate gestation gigolo glutton gonad gore gory graveness graves graveyard greedily greedy
    grief grievance grieving grievous grimace grimacing groin grope handcuff handgun hardcore harmful hate hatred
    hazard hazing headless headstone heftiness hefty helpless humiliate humpback humped hunchback hurt hypocrite
    idiocy imbecile immorally impaired impale impotence impotency impotent imprison impure impurity irate isolated
    isolating isolation jailbird jeeringly jockstrap joylessly jugular kissable kisser kissing lazily laziness lazy
    lubricant lubricate lunacy lustfully lustily lustiness lusty lying maggot maimed malformed mammary manhandle
    manhood manliness mannish marauding morbidity morbidly morphine mortality mortally mortician mortified mortify
    mortuary mourner mournful mutilated mutilator naturist neglector negligee negligent neurosis neurotic numbing
    numbly numbness nutcase oaf obedience obedient obituary obnoxious obsessed obsession obsessive ogle onslaught
    oppressed oppressor outcast overeater overfed overfeed panic paralyses paralysis paralyze parasite parasitic
    patronize pelvis perish perjurer perjury persecute poach poison predator pregnancy pregnant prenatal prison
    procreate prowler prowling prude prudishly pulverize pummel punch punisher purgatory pushiness putdown pyromania
    racism rage raging ransack ranting rants ravage raving ravishing rebuff reburial recluse reclusive rectal
    regretful relapse relapsing repent repressed repugnant repulsion repulsive resent retaliate revenge revolver
    rotten rotting ruined sadden sadly sadness sagging saggy savage scabbed scabby scalded scalding scalping
    scapegoat scared scarily scariness scarring scary scolding scorn scoundrel scowling scrawny seduce seducing
    sensually sensuous shabby shame shrapnel shush silenced silencer sinister sinner skinhead skinning skinny
    skintight slain slam slander slapping slashed slashing slimness smother spinster splatter starved starving
    stench stinking stinky stranger strangle stress struck stung stupor subdued subduing sufferer suffering
    suffocate sultry swinger t-shirt tainted taunt thong thrash threaten throbbing throttle tragedy traitor trapped
    trash treachery treading treason tubby twerp twisted unashamed uncaring unclad unclothed undead underage
    underarm underwear undesired undress undying unease uneasily uneasy unfair unfeeling unfitted unfitting ungodly
    unhappily unhappy unharmed unhealthy unheard unhinge unholy unjustly unkind unlawful unlikable unlivable
    unlovable unloved unlovely unloving unluckily unlucky unnatural unneeded unpleased unpopular unrobed unsafe
    unsightly unstable unvalued unwanted unwashed unwed unwelcome unwell unwomanly unworthy upchuck urologist
    urology uselessly vaseline vengeful violate violation violator wasting widow wimp womanly womb worsening worst
    wound wrath wrongdoer wronged wrongful wrongly wrongness yelling yo-yo zit zombie
    """.split()  # noqa: SIM905  five hundred quoted words, one a line, would be no module any more
)


def five_words(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """
    Choose five words at random, 64 bits together.

    Args:
        choose: Picks one of many, unpredictably.
    """
    return " ".join(choose(offered_words()) for _ in range(WORDS))


@cache
def offered_words() -> tuple[str, ...]:
    """The words that are chosen from: the long list of the EFF, without those that could sting."""
    words = xkcd_password.generate_wordlist(wordfile="eff-long", min_length=3, max_length=9)
    offered = tuple(sorted(set(words) - _LEFT_OUT))
    if len(offered) < FEWEST_TO_CHOOSE_FROM:
        raise RuntimeError("the word list is not the one that was asked for")
    return offered
